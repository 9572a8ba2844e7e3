package org.bursar.metering.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.Scope;
import org.bursar.metering.Repricing;
import org.bursar.plans.RepricedCycle;
import org.bursar.plans.RepricedMeter;
import org.jspecify.annotations.Nullable;

/** A cycle that was repriced, as it is shown. */
@Schema(name = "Repricing")
record RepricingJson(
        @Schema(
                type = "string",
                example = "rpr_01h2xcejqtf2nbrexx3vqjhp41",
                description = "the reference of the ledger entry that posted the difference")
        RepricingId id,

        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        Instant cycleFrom,
        Instant cycleTo,

        @Schema(type = "string", description = "whose prices hold for the cycle")
        PlanId plan,

        int planVersion,

        @Schema(
                type = "string",
                description = "what was charged in addition; below zero: given back; zero: nothing was posted")
        BigDecimal difference,

        List<MeterJson> meters,
        String reason,

        @Schema(description = "null for a customer's own users") @Nullable
        String by,

        Instant createdAt) {
    static RepricingJson of(Scope scope, Repricing repricing) {
        return new RepricingJson(
                repricing.id(),
                repricing.customer(),
                repricing.cycleFrom(),
                repricing.cycleTo(),
                repricing.plan(),
                repricing.planVersion(),
                repricing.difference(),
                repricing.meters().stream().map(MeterJson::of).toList(),
                repricing.reason(),
                scope.customers().isPresent() ? null : repricing.by(),
                repricing.at());
    }

    /** A meter's charge before and after. */
    @Schema(name = "RepricedMeter")
    record MeterJson(
            @Schema(example = "voice-minutes") String meter,

            @Schema(
                    description =
                            "of what a reset took off the counter then, which is priced by itself; null: what was "
                                    + "consumed since")
            @Nullable
            Instant resetAt,

            @Schema(type = "string") BigDecimal quantity,
            @Schema(type = "string") BigDecimal charged,
            @Schema(type = "string") BigDecimal newCharge,

            @Schema(type = "string", description = "newCharge - charged")
            BigDecimal difference) {
        static MeterJson of(RepricedMeter meter) {
            return new MeterJson(
                    meter.meterKey(),
                    meter.resetAt().orElse(null),
                    meter.quantity(),
                    meter.charged(),
                    meter.charge(),
                    meter.difference());
        }
    }

    /** What a repricing would change. */
    @Schema(name = "RepricingPreview")
    record Preview(
            Instant cycleFrom,
            Instant cycleTo,
            @Schema(type = "string") PlanId plan,
            int planVersion,

            @Schema(type = "string", description = "what would be charged in addition; below zero: given back")
            BigDecimal difference,

            List<MeterJson> meters) {
        static Preview of(RepricedCycle cycle) {
            return new Preview(
                    cycle.from(),
                    cycle.to(),
                    cycle.plan(),
                    cycle.version(),
                    cycle.difference(),
                    cycle.meters().stream().map(MeterJson::of).toList());
        }
    }

    /** A page of repricings, for the OpenAPI document. */
    @Schema(name = "RepricingList")
    record Items(List<RepricingJson> items, @Nullable String next) {}
}
