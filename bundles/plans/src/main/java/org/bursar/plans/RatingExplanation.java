package org.bursar.plans;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How a charge came about: charge = round6(priceAfter) − round6(priceBefore), half even, and never less than what takes the cycle's
 * charge to zero.
 *
 * @param rate the plan's rate for the meter; empty: free
 * @param before what the cycle had consumed
 * @param after before and the quantity together
 * @param priceBefore the exact price of before
 * @param priceAfter the exact price of after
 * @param charge what follows
 * @param limited whether the charge would have given back more than the cycle had been charged
 * @param cost what it cost the tenant
 */
public record RatingExplanation(
        Optional<Rate> rate,
        BigDecimal before,
        BigDecimal after,
        BigDecimal priceBefore,
        BigDecimal priceAfter,
        BigDecimal charge,
        boolean limited,
        BigDecimal cost) {}
