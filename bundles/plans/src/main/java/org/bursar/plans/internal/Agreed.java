package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.MeterId;
import org.bursar.plans.PaymentTerms;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Price;
import org.bursar.plans.Pricing;
import org.bursar.plans.Pricing.Tier;
import org.bursar.plans.Rate;

/** What one customer has instead of a plan's terms. */
record Agreed(Optional<Price> price, Optional<BigDecimal> minimum, List<Rate> rates) {
    static final Agreed NOTHING = new Agreed(Optional.empty(), Optional.empty(), List.of());

    /** Numbers are written without zeros at their end, so that what is the same is equal. */
    Agreed {
        price = price.map(own -> new Price(bare(own.amount()), own.currency()));
        minimum = minimum.map(Agreed::bare);
        rates = rates.stream().map(Agreed::bare).toList();
    }

    private static BigDecimal bare(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }

    private static Rate bare(Rate rate) {
        return new Rate(rate.meter(), rate.meterKey(), bare(rate.included()), bare(rate.pricing()));
    }

    private static Pricing bare(Pricing pricing) {
        if (pricing instanceof Pricing.PerUnit perUnit) {
            return new Pricing.PerUnit(bare(perUnit.unitPrice()));
        }
        if (pricing instanceof Pricing.Packages packages) {
            return new Pricing.Packages(bare(packages.packagePrice()), bare(packages.packageSize()));
        }
        if (pricing instanceof Pricing.Graduated graduated) {
            return new Pricing.Graduated(tiers(graduated.tiers()));
        }
        return new Pricing.Volume(tiers(((Pricing.Volume) pricing).tiers()));
    }

    private static List<Tier> tiers(List<Tier> tiers) {
        return tiers.stream()
                .map(tier -> new Tier(tier.upTo().map(Agreed::bare), bare(tier.unitPrice())))
                .toList();
    }

    boolean nothing() {
        return price.isEmpty() && minimum.isEmpty() && rates.isEmpty();
    }

    /** What goes along to another plan: a price or a minimum was agreed for the plan, a meter's rate for the customer. */
    Agreed ratesAlone() {
        return new Agreed(Optional.empty(), Optional.empty(), rates);
    }

    /** The version with this in the place of its own terms; a rate for a meter that it has none for comes last. */
    PlanVersion over(PlanVersion base) {
        Set<MeterId> own = rates.stream().map(Rate::meter).collect(Collectors.toSet());
        List<Rate> all = new ArrayList<>();
        for (Rate rate : base.rates()) {
            if (!own.contains(rate.meter())) {
                all.add(rate);
            }
        }
        all.addAll(rates);
        PaymentTerms payment = base.payment();
        return new PlanVersion(
                base.number(),
                price.orElse(base.price()),
                base.cycle(),
                all,
                base.limits(),
                base.changes(),
                new PaymentTerms(
                        payment.trialDays(),
                        payment.graceDays(),
                        minimum.orElse(payment.minimum()),
                        payment.start(),
                        payment.allowance()),
                base.createdAt());
    }

    /** For the audit log. */
    Map<String, Object> words() {
        Map<String, Object> words = new LinkedHashMap<>();
        price.ifPresent(own -> words.put("price", StoredAddOns.text(own)));
        minimum.ifPresent(own -> words.put("minimum", Decimals.text(own)));
        words.put(
                "rates",
                rates.stream()
                        .map(rate -> rate.meterKey() + ": included " + Decimals.text(rate.included()) + ", "
                                + rate.pricing())
                        .toList());
        return words;
    }
}
