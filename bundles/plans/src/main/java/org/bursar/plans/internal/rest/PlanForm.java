package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.NewPlan;
import org.jspecify.annotations.Nullable;

/** What is sent to create a plan. */
@Schema(
        name = "NewPlan",
        requiredProperties = {"key", "name", "price", "cycle"})
record PlanForm(
        @Schema(example = "scale", description = "unique, never changed") @Nullable
        String key,

        @Schema(example = "Scale") @Nullable String name,
        VersionForm.@Nullable PriceForm price,

        @Schema(
                type = "string",
                allowableValues = {"month", "year"})
        @Nullable
        BillingCycle cycle,

        @Nullable List<VersionForm.@Nullable RateForm> rates,
        VersionForm.@Nullable LimitsForm limits,
        VersionForm.@Nullable ChangesForm changes,
        @Schema(description = VersionForm.TRIAL) @Nullable Integer trialDays,
        @Schema(description = VersionForm.GRACE) @Nullable Integer graceDays,

        @Schema(type = "string", description = VersionForm.MINIMUM) @Nullable
        BigDecimal minimum,

        @Schema(
                type = "string",
                allowableValues = {"anniversary", "calendar"},
                description = VersionForm.CYCLE_START)
        @Nullable
        CycleStart cycleStart,

        @Schema(type = "string", description = VersionForm.ALLOWANCE) @Nullable
        BigDecimal allowance) {
    static final PlanForm EMPTY = new PlanForm(null, null, null, null, null, null, null, null, null, null, null, null);

    NewPlan plan() {
        return new NewPlan(
                key,
                name,
                new VersionForm(
                                price,
                                cycle,
                                rates,
                                limits,
                                changes,
                                trialDays,
                                graceDays,
                                minimum,
                                cycleStart,
                                allowance)
                        .version());
    }
}
