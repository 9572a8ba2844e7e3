package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.bursar.kernel.Decimals;
import org.bursar.plans.Pricing;
import org.bursar.plans.Pricing.Tier;

/**
 * What a quantity costs, exactly. Nothing here rounds but {@link #charge}, which rounds the two exact prices and never their
 * difference: so the charges of any sequence of events add up to the rounded price of their sum, and no remainder is kept.
 */
final class Rating {
    private Rating() {}

    /**
     * The exact price of a quantity: billable = max(0, quantity − included).
     *
     * @param quantity what a cycle's events add up to; below zero after corrections, and then free
     */
    static BigDecimal price(Pricing pricing, BigDecimal included, BigDecimal quantity) {
        BigDecimal billable = quantity.subtract(included).max(BigDecimal.ZERO);
        if (pricing instanceof Pricing.PerUnit perUnit) {
            return billable.multiply(perUnit.unitPrice());
        }
        if (pricing instanceof Pricing.Graduated graduated) {
            return graduated(graduated.tiers(), billable);
        }
        if (pricing instanceof Pricing.Volume volume) {
            return billable.multiply(reached(volume.tiers(), billable).unitPrice());
        }
        Pricing.Packages packages = (Pricing.Packages) pricing;
        return billable.divide(packages.packageSize(), 0, RoundingMode.CEILING).multiply(packages.packagePrice());
    }

    /** What an event is charged that takes the quantity from one value to another: round6(P(after)) − round6(P(before)), half even. */
    static BigDecimal charge(Pricing pricing, BigDecimal included, BigDecimal before, BigDecimal after) {
        return Decimals.charge(price(pricing, included, after))
                .subtract(Decimals.charge(price(pricing, included, before)));
    }

    /** What an event costs the tenant, by the same differences, so that costs add up to the rounded cost of the sum. */
    static BigDecimal cost(BigDecimal costPerUnit, BigDecimal before, BigDecimal after) {
        return Decimals.charge(after.multiply(costPerUnit)).subtract(Decimals.charge(before.multiply(costPerUnit)));
    }

    private static BigDecimal graduated(List<Tier> tiers, BigDecimal billable) {
        BigDecimal price = BigDecimal.ZERO;
        BigDecimal from = BigDecimal.ZERO;
        for (Tier tier : tiers) {
            BigDecimal to = tier.upTo().map(billable::min).orElse(billable);
            if (to.compareTo(from) <= 0) {
                break;
            }
            price = price.add(to.subtract(from).multiply(tier.unitPrice()));
            from = to;
        }
        return price;
    }

    private static Tier reached(List<Tier> tiers, BigDecimal billable) {
        for (Tier tier : tiers) {
            if (tier.upTo().isEmpty() || billable.compareTo(tier.upTo().get()) <= 0) {
                return tier;
            }
        }
        throw new IllegalArgumentException("the last tier is open");
    }
}
