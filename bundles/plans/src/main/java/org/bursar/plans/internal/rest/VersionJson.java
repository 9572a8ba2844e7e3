package org.bursar.plans.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.ChangeRule;
import org.bursar.plans.CycleStart;
import org.bursar.plans.Limits;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Pricing;
import org.bursar.plans.Rate;
import org.bursar.plans.RateModel;
import org.bursar.plans.Subscriptions.When;
import org.jspecify.annotations.Nullable;

/** A plan's version as it is shown. */
@Schema(name = "PlanVersion")
record VersionJson(
        int version,
        PriceJson price,

        @Schema(
                type = "string",
                allowableValues = {"month", "year"})
        BillingCycle cycle,

        List<RateJson> rates,
        LimitsJson limits,
        ChangesJson changes,
        @Schema(description = "zero: no trial") int trialDays,
        @Schema(description = "null: without end") @Nullable Integer graceDays,

        @Schema(type = "string", description = "of the usage of a cycle; zero: none")
        BigDecimal minimum,

        @Schema(
                type = "string",
                allowableValues = {"anniversary", "calendar"})
        CycleStart cycleStart,

        @Schema(
                type = "string",
                description = "what each cycle adds to the wallet for as long as it lasts; zero: nothing")
        BigDecimal allowance,

        Instant createdAt) {
    static VersionJson of(PlanVersion version) {
        return new VersionJson(
                version.number(),
                PriceJson.of(version.price()),
                version.cycle(),
                version.rates().stream().map(RateJson::of).toList(),
                LimitsJson.of(version.limits()),
                ChangesJson.of(version.changes()),
                version.payment().trialDays(),
                nullable(version.payment().graceDays()),
                version.payment().minimum(),
                version.payment().start(),
                version.payment().allowance(),
                version.createdAt());
    }

    /** Only the fields of its model are there, as they were sent. */
    @Schema(name = "Rate")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RateJson(
            String meter,
            @Schema(type = "string") BigDecimal included,

            @Schema(
                    type = "string",
                    allowableValues = {"per_unit", "graduated", "volume", "package"})
            RateModel model,

            @Schema(type = "string") @Nullable BigDecimal unitPrice,
            @Nullable List<TierJson> tiers,
            @Schema(type = "string") @Nullable BigDecimal packagePrice,
            @Schema(type = "string") @Nullable BigDecimal packageSize) {
        static RateJson of(Rate rate) {
            BigDecimal unitPrice = null;
            List<TierJson> tiers = null;
            BigDecimal packagePrice = null;
            BigDecimal packageSize = null;
            if (rate.pricing() instanceof Pricing.PerUnit perUnit) {
                unitPrice = perUnit.unitPrice();
            } else if (rate.pricing() instanceof Pricing.Packages packages) {
                packagePrice = packages.packagePrice();
                packageSize = packages.packageSize();
            } else if (rate.pricing() instanceof Pricing.Graduated graduated) {
                tiers = graduated.tiers().stream().map(TierJson::of).toList();
            } else if (rate.pricing() instanceof Pricing.Volume volume) {
                tiers = volume.tiers().stream().map(TierJson::of).toList();
            }
            return new RateJson(
                    rate.meterKey(),
                    rate.included(),
                    rate.pricing().model(),
                    unitPrice,
                    tiers,
                    packagePrice,
                    packageSize);
        }
    }

    @Schema(name = "Tier")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TierJson(
            @Schema(type = "string", description = "absent in the last tier") @Nullable
            BigDecimal upTo,

            @Schema(type = "string") BigDecimal unitPrice) {
        static TierJson of(Pricing.Tier tier) {
            return new TierJson(tier.upTo().orElse(null), tier.unitPrice());
        }
    }

    @Schema(name = "PlanLimits")
    record LimitsJson(
            @Nullable Integer users,
            @Nullable Integer concurrency,
            @Nullable Integer requestsPerMinute) {
        static LimitsJson of(Limits limits) {
            return new LimitsJson(
                    nullable(limits.users()), nullable(limits.concurrency()), nullable(limits.requestsPerMinute()));
        }
    }

    /** With the rule where the plan says nothing. */
    @Schema(name = "PlanChanges", description = "when a change to the plan takes effect, unless the request says so")
    record ChangesJson(
            @Schema(
                    type = "string",
                    allowableValues = {"now", "cycle_end"})
            When upgrade,

            @Schema(
                    type = "string",
                    allowableValues = {"now", "cycle_end"})
            When downgrade) {
        static ChangesJson of(ChangeRule changes) {
            return new ChangesJson(
                    changes.upgrade().orElse(When.NOW), changes.downgrade().orElse(When.CYCLE_END));
        }
    }

    static @Nullable Integer nullable(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
