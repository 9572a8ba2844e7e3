package org.bursar.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseExceptionTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57P01", "58030", "25006", "55P03"})
    void whatMayWorkInAMomentIsUnavailable(String state) {
        assertThat(of(state).unavailable()).isTrue();
    }

    @Test
    void aConnectionThatThePoolHasTakenAwayIsUnavailable() {
        assertThat(new DatabaseException(new SQLException("Connection is closed"), null).unavailable())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P01", "22003", "40001"})
    void whatIsWrongStaysWrong(String state) {
        assertThat(of(state).unavailable()).isFalse();
    }

    private static DatabaseException of(String state) {
        return new DatabaseException(new SQLException("refused", state), null);
    }
}
