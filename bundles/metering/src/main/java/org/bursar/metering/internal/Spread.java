package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.bursar.kernel.Decimals;

/**
 * An amount spread in proportion to weights, without a remainder: each share is the difference of two rounded sums, as charges
 * are, so the shares of any weights add up to the amount.
 */
final class Spread {
    private Spread() {}

    /**
     * The shares.
     *
     * @param amount at most 6 places
     * @param weights none below zero, and one above it
     */
    static List<BigDecimal> of(BigDecimal amount, List<BigDecimal> weights) {
        BigDecimal all = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<BigDecimal> shares = new ArrayList<>(weights.size());
        BigDecimal reached = BigDecimal.ZERO;
        BigDecimal given = BigDecimal.ZERO;
        for (BigDecimal weight : weights) {
            reached = reached.add(weight);
            BigDecimal due = amount.multiply(reached).divide(all, Decimals.AMOUNT_PLACES, RoundingMode.HALF_EVEN);
            shares.add(due.subtract(given));
            given = due;
        }
        return shares;
    }
}
