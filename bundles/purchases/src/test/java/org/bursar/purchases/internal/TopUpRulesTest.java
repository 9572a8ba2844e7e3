package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.purchases.TopUpStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from a refused charge, and when a balance is low. */
class TopUpRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @EnumSource(DeclineCode.class)
    void whatNoTryMendsTurnsItOffAtOnceAndTheThirdOfAnyOther(DeclineCode code) {
        TopUpRules.After second = TopUpRules.declined(1, code, NOW);
        TopUpRules.After third = TopUpRules.declined(2, code, NOW);
        boolean hard = code == DeclineCode.METHOD_GONE
                || code == DeclineCode.EXPIRED_METHOD
                || code == DeclineCode.FRAUD_BLOCKED;
        assertThat(second.stop()).isEqualTo(hard ? TopUpStop.METHOD_UNUSABLE : null);
        assertThat(third.stop()).isEqualTo(hard ? TopUpStop.METHOD_UNUSABLE : TopUpStop.DECLINED);
        assertThat(second.askPayer()).isEqualTo(code == DeclineCode.AUTHENTICATION_REQUIRED);
        assertThat(third.askPayer()).isFalse();
        assertThat(second.nextTryAt()).isAfter(NOW);
        assertThat(second.declines()).isEqualTo(2);
    }

    @Test
    void daysAndMonthsBeginInUtc() {
        Instant late = Instant.parse("2026-11-30T23:59:59.999Z");
        assertThat(TopUpRules.day(late)).isEqualTo(Instant.parse("2026-11-30T00:00:00Z"));
        assertThat(TopUpRules.nextDay(late)).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(TopUpRules.month(late)).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(TopUpRules.nextMonth(late)).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @Test
    void exactlyTheMarkIsEnough() {
        BigDecimal ten = BigDecimal.TEN;
        BigDecimal none = BigDecimal.ZERO;
        assertThat(TopUpRules.low(ten, ten, none, none)).isFalse();
        assertThat(TopUpRules.low(new BigDecimal("9.999999"), ten, none, none)).isTrue();
    }

    @Test
    void aRenewalAsksForMoreThanTheMarkAndMayBePaidFromTheOverdraft() {
        BigDecimal ten = BigDecimal.TEN;
        BigDecimal renewal = new BigDecimal("10.01");
        assertThat(TopUpRules.low(ten, BigDecimal.ONE, BigDecimal.ZERO, renewal))
                .isTrue();
        assertThat(TopUpRules.low(ten, BigDecimal.ONE, new BigDecimal("0.01"), renewal))
                .isFalse();
        assertThat(TopUpRules.low(new BigDecimal("-5"), new BigDecimal("-10"), BigDecimal.ZERO, BigDecimal.ZERO))
                .isFalse();
    }
}
