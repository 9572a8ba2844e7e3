package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.PlanId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.Plan;
import org.jspecify.annotations.Nullable;

/** A plan as it is shown, with the terms of its newest version. */
@Schema(name = "Plan")
record PlanJson(
        @Schema(type = "string", example = "pln_01h2xcejqtf2nbrexx3vqjhp41")
        PlanId id,

        String key,
        String name,
        @Schema(description = "the newest version's number") int version,
        PriceJson price,

        @Schema(
                type = "string",
                allowableValues = {"month", "year"})
        BillingCycle cycle,

        List<VersionJson.RateJson> rates,
        VersionJson.LimitsJson limits,
        VersionJson.ChangesJson changes,
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
    static PlanJson of(Plan plan) {
        VersionJson current = VersionJson.of(plan.current());
        return new PlanJson(
                plan.id(),
                plan.key(),
                plan.name(),
                current.version(),
                current.price(),
                current.cycle(),
                current.rates(),
                current.limits(),
                current.changes(),
                current.trialDays(),
                current.graceDays(),
                current.minimum(),
                current.cycleStart(),
                current.allowance(),
                plan.createdAt());
    }
}
