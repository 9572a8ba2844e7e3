package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"Harbor-Light-7", "aB3$5678", "Größe 9 ist gut", "T0p secret phrase"})
    void aPasswordOfFourKindsOfCharactersIsAccepted(String password) {
        assertThat(PasswordRule.fault(password)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aB3$567", "harbor-light-7", "HARBOR-LIGHT-7", "Harbor-Light-X", "HarborLight77", "aB3$\n\t", ""
            })
    void aPasswordThatLacksOneIsRefused(String password) {
        assertThat(PasswordRule.fault(password)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Password1!", "P@ssw0rd", "pASSWORD123!", "Qwerty123!", "Welcome1!", "Admin@123"})
    void whatEverybodyTriesFirstIsRefused(String password) {
        assertThat(PasswordRule.fault(password)).isPresent();
    }

    @Test
    void anEndlessPasswordIsRefused() {
        assertThat(PasswordRule.fault("aB3$".repeat(32))).isEmpty();
        assertThat(PasswordRule.fault("aB3$".repeat(32) + "x")).isPresent();
    }
}
