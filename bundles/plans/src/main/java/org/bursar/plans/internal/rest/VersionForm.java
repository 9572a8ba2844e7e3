package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewChanges;
import org.bursar.plans.NewPlanVersion.NewLimits;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.NewPlanVersion.NewTier;
import org.bursar.plans.RateModel;
import org.bursar.plans.Subscriptions.When;
import org.jspecify.annotations.Nullable;

/** What is sent to add a version to a plan. */
@Schema(
        name = "NewPlanVersion",
        requiredProperties = {"price", "cycle"})
record VersionForm(
        @Nullable PriceForm price,

        @Schema(
                type = "string",
                allowableValues = {"month", "year"})
        @Nullable
        BillingCycle cycle,

        @Nullable List<@Nullable RateForm> rates,
        @Nullable LimitsForm limits,
        @Nullable ChangesForm changes,

        @Schema(description = TRIAL) @Nullable Integer trialDays,
        @Schema(description = GRACE) @Nullable Integer graceDays,

        @Schema(type = "string", description = MINIMUM) @Nullable
        BigDecimal minimum,

        @Schema(
                type = "string",
                allowableValues = {"anniversary", "calendar"},
                description = CYCLE_START)
        @Nullable
        CycleStart cycleStart,

        @Schema(type = "string", description = ALLOWANCE) @Nullable
        BigDecimal allowance) {
    static final String TRIAL =
            "days of service before the first cycle, which is then charged; without them the first cycle is free";
    static final String GRACE = "days after which an unpaid subscription is not served; without them it always is";
    static final String MINIMUM =
            "what the usage of a cycle is charged at least, in the wallets' unit; nothing without it";
    static final String CYCLE_START =
            "where cycles begin: with the subscription (without it), or with the first of a month in the tenant's time zone";
    static final String ALLOWANCE =
            "what each cycle adds to the wallet, in its unit, and takes back with the cycle's end; nothing without it";
    static final VersionForm EMPTY = new VersionForm(null, null, null, null, null, null, null, null, null, null);

    NewPlanVersion version() {
        return new NewPlanVersion(
                price == null ? null : new NewPrice(price.amount(), price.currency()),
                cycle,
                rates(rates),
                limits == null ? null : new NewLimits(limits.users(), limits.concurrency(), limits.requestsPerMinute()),
                changes == null ? null : new NewChanges(changes.upgrade(), changes.downgrade()),
                new NewPayment(trialDays, graceDays, minimum, cycleStart, allowance));
    }

    static @Nullable List<@Nullable NewRate> rates(@Nullable List<@Nullable RateForm> rates) {
        if (rates == null) {
            return null;
        }
        List<@Nullable NewRate> all = new ArrayList<>();
        for (RateForm rate : rates) {
            all.add(rate == null ? null : rate.rate());
        }
        return all;
    }

    @Schema(
            name = "NewPlanPrice",
            requiredProperties = {"amount", "currency"})
    record PriceForm(
            @Schema(type = "string", example = "799.00", description = "zero or more") @Nullable
            BigDecimal amount,

            @Schema(example = "USD", description = "the unit of the tenant's wallets") @Nullable
            String currency) {}

    @Schema(
            name = "NewRate",
            requiredProperties = {"meter", "model"})
    record RateForm(
            @Schema(example = "voice-minutes", description = "a meter's key or id") @Nullable
            String meter,

            @Schema(type = "string", example = "500", description = "each cycle; nothing without it") @Nullable
            BigDecimal included,

            @Schema(
                    type = "string",
                    allowableValues = {"per_unit", "graduated", "volume", "package"})
            @Nullable
            RateModel model,

            @Schema(type = "string", example = "0.085", description = "of per_unit; at most 12 places") @Nullable
            BigDecimal unitPrice,

            @Schema(description = "of graduated and volume; counted from zero after what is included") @Nullable
            List<@Nullable TierForm> tiers,

            @Schema(type = "string", description = "of package: for each one that is begun; at most 12 places")
            @Nullable
            BigDecimal packagePrice,

            @Schema(type = "string", description = "of package: the quantity in one") @Nullable
            BigDecimal packageSize) {
        NewRate rate() {
            List<@Nullable NewTier> all = null;
            if (tiers != null) {
                all = new ArrayList<>();
                for (TierForm tier : tiers) {
                    all.add(tier == null ? null : new NewTier(tier.upTo(), tier.unitPrice()));
                }
            }
            return new NewRate(meter, included, model, unitPrice, all, packagePrice, packageSize);
        }
    }

    @Schema(name = "NewTier", requiredProperties = "unitPrice")
    record TierForm(
            @Schema(type = "string", description = "absent in the last tier alone") @Nullable
            BigDecimal upTo,

            @Schema(type = "string") @Nullable BigDecimal unitPrice) {}

    @Schema(name = "NewPlanLimits")
    record LimitsForm(
            @Schema(description = "users of the customer; no limit without it") @Nullable
            Integer users,

            @Schema(description = "conversations at once; no limit without it") @Nullable
            Integer concurrency,

            @Schema(description = "requests in a minute, and at once after a pause; no limit without it") @Nullable
            Integer requestsPerMinute) {}

    @Schema(name = "NewPlanChanges", description = "when a change to the plan takes effect, unless the request says so")
    record ChangesForm(
            @Schema(
                    type = "string",
                    allowableValues = {"now", "cycle_end"},
                    description = "from a plan that costs less or as much a month; now without it")
            @Nullable
            When upgrade,

            @Schema(
                    type = "string",
                    allowableValues = {"now", "cycle_end"},
                    description = "from a plan that costs more; cycle_end without it")
            @Nullable
            When downgrade) {}
}
