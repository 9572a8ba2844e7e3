package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bursar.kernel.Decimals;

/** Which part of a cycle's price falls on what is left of the cycle. */
final class Proration {
    static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(Decimals.AMOUNT_PLACES);

    private Proration() {}

    /**
     * The price × what is left ÷ the cycle, both counted in microseconds, which is what the database keeps. The quotient is
     * rounded once, half even, to 6 places; so a cycle in which the plan changes n times is charged what the plans cost by the
     * microsecond, give or take n millionths.
     */
    static BigDecimal rest(BigDecimal price, Instant from, Instant to, Instant now) {
        long whole = ChronoUnit.MICROS.between(from, to);
        long left = Math.min(whole, Math.max(0, ChronoUnit.MICROS.between(now, to)));
        return price.multiply(BigDecimal.valueOf(left))
                .divide(BigDecimal.valueOf(whole), Decimals.AMOUNT_PLACES, RoundingMode.HALF_EVEN);
    }
}
