package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.purchases.TopUpStop;
import org.jspecify.annotations.Nullable;

/** When a method is charged without its payer, and when it is not any longer. No clock, no database. */
final class TopUpRules {
    /** So many refusals in a row turn it off. */
    static final int MOST_DECLINES = 3;

    /** After a refusal. */
    static final Duration AFTER_DECLINE = Duration.ofHours(6);

    /** When nothing was refused and nothing came: the gateway could not do it, or the payer did not. */
    static final Duration AFTER_NOTHING = Duration.ofHours(1);

    /** What no further try mends; the networks forbid to try. */
    private static final Set<DeclineCode> HARD =
            EnumSet.of(DeclineCode.METHOD_GONE, DeclineCode.EXPIRED_METHOD, DeclineCode.FRAUD_BLOCKED);

    private TopUpRules() {}

    /**
     * What follows from a refusal.
     *
     * @param declines how many there were in a row
     * @param askPayer whether the payer is sent a link: without the payer the charge cannot go on
     * @param stop why it is turned off; null: it is not
     */
    record After(
            int declines,
            Instant nextTryAt,
            boolean askPayer,
            @Nullable TopUpStop stop) {}

    /**
     * What follows from a refusal, whatever a gateway says of trying again: what it means by that is a payer who is there.
     *
     * @param before how many there were in a row
     */
    static After declined(int before, DeclineCode code, Instant now) {
        int declines = before + 1;
        Instant next = now.plus(AFTER_DECLINE);
        if (HARD.contains(code)) {
            return new After(declines, next, false, TopUpStop.METHOD_UNUSABLE);
        }
        if (declines >= MOST_DECLINES) {
            return new After(declines, next, false, TopUpStop.DECLINED);
        }
        return new After(declines, next, code == DeclineCode.AUTHENTICATION_REQUIRED, null);
    }

    /** Where a day's count begins. */
    static Instant day(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS);
    }

    /** Where the next day's count begins. */
    static Instant nextDay(Instant now) {
        return day(now).plus(1, ChronoUnit.DAYS);
    }

    /** Where a month's count begins. */
    static Instant month(Instant now) {
        return now.atZone(ZoneOffset.UTC)
                .withDayOfMonth(1)
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
    }

    /** Where the next month's count begins. */
    static Instant nextMonth(Instant now) {
        return month(now).atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
    }

    /** Whether so much is too little: below the customer's own mark, or, with the overdraft, not enough for a renewal. */
    static boolean low(BigDecimal available, BigDecimal below, BigDecimal overdraft, BigDecimal renewal) {
        return available.compareTo(below) < 0
                || renewal.signum() > 0 && available.add(overdraft).compareTo(renewal) < 0;
    }
}
