package org.bursar.plans;

import java.math.BigDecimal;
import java.util.List;
import org.bursar.plans.Subscriptions.When;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a plan, as they were asked for; {@link Plans} checks them.
 *
 * @param rates null: none
 * @param limits null: none
 * @param changes when a change to the plan takes effect; null: an upgrade at once, a downgrade at the cycle's end
 * @param payment null: no trial, and grace without end
 */
public record NewPlanVersion(
        @Nullable NewPrice price,
        @Nullable BillingCycle cycle,
        @Nullable List<@Nullable NewRate> rates,
        @Nullable NewLimits limits,
        @Nullable NewChanges changes,
        @Nullable NewPayment payment) {
    /** Terms with the usual rule for changes, no trial and no end of grace. */
    public NewPlanVersion(
            @Nullable NewPrice price,
            @Nullable BillingCycle cycle,
            @Nullable List<@Nullable NewRate> rates,
            @Nullable NewLimits limits) {
        this(price, cycle, rates, limits, null, null);
    }

    /** When a change to the plan takes effect; null: as usual. */
    public record NewChanges(
            @Nullable When upgrade, @Nullable When downgrade) {}

    /**
     * Days of trial and of grace, and what the usage of a cycle is charged at least; null: none, grace without end.
     *
     * @param start null: with the subscription
     * @param allowance null: none
     */
    public record NewPayment(
            @Nullable Integer trialDays,
            @Nullable Integer graceDays,
            @Nullable BigDecimal minimum,
            @Nullable CycleStart start,
            @Nullable BigDecimal allowance) {
        /** Cycles from the beginning of the subscription, no allowance. */
        public NewPayment(@Nullable Integer trialDays, @Nullable Integer graceDays, @Nullable BigDecimal minimum) {
            this(trialDays, graceDays, minimum, null, null);
        }
    }

    /** A price in the wallets' unit. */
    public record NewPrice(
            @Nullable BigDecimal amount, @Nullable String currency) {}

    /**
     * A rate: {@code per_unit} has a unit price, {@code graduated} and {@code volume} have tiers, {@code package} a price and a size.
     *
     * @param meter a meter's key or the text of its id
     * @param included null: nothing
     */
    public record NewRate(
            @Nullable String meter,
            @Nullable BigDecimal included,
            @Nullable RateModel model,
            @Nullable BigDecimal unitPrice,
            @Nullable List<@Nullable NewTier> tiers,
            @Nullable BigDecimal packagePrice,
            @Nullable BigDecimal packageSize) {}

    /** A tier; only the last has no {@code upTo}. */
    public record NewTier(
            @Nullable BigDecimal upTo, @Nullable BigDecimal unitPrice) {}

    /** Limits; null: no limit. */
    public record NewLimits(
            @Nullable Integer users,
            @Nullable Integer concurrency,
            @Nullable Integer requestsPerMinute) {}
}
