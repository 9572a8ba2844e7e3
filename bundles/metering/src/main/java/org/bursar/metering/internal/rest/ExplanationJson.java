package org.bursar.metering.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UsageEventId;
import org.bursar.metering.ExplainedEvent;
import org.bursar.plans.Pricing;
import org.bursar.plans.Rate;
import org.jspecify.annotations.Nullable;

/** How the charge of an event came about. */
@Schema(name = "UsageEventExplanation")
record ExplanationJson(
        UsageEventId event,
        @Schema(example = "voice-minutes") String meter,
        Instant time,
        @Schema(type = "string") BigDecimal quantity,

        @Schema(description = "the plan that held at that time; null: there was none, so it was free") @Nullable
        PlanId plan,

        @Nullable Integer planVersion,

        @Schema(description = "the beginning of the cycle that it was counted in")
        Instant cycleFrom,

        @Schema(description = "the plan's prices for the meter; null: free") @Nullable
        RateJson rate,

        @Schema(type = "string", description = "what the cycle had consumed before")
        BigDecimal consumedBefore,

        @Schema(type = "string") BigDecimal consumedAfter,

        @Schema(type = "string", description = "the exact price of consumedBefore")
        BigDecimal priceBefore,

        @Schema(type = "string", description = "the exact price of consumedAfter")
        BigDecimal priceAfter,

        @Schema(
                type = "string",
                description =
                        "round6(priceAfter) - round6(priceBefore), half even, but never less than minus chargedBefore")
        BigDecimal charge,

        @Schema(type = "string", description = "what the cycle had been charged before")
        BigDecimal chargedBefore,

        @Schema(type = "string", description = "what the event was charged then; equal to charge")
        BigDecimal charged,

        @Schema(type = "string", description = "null for a customer's own users") @Nullable
        BigDecimal costPerUnit,

        @Schema(type = "string", description = "null for a customer's own users") @Nullable
        BigDecimal cost,

        @Schema(
                description =
                        "repricings of its cycle since it was received, oldest first: the cycle was charged by other prices "
                                + "then, the event keeps its charge")
        List<RepricingId> repricings) {
    static ExplanationJson of(Scope scope, ExplainedEvent event) {
        boolean own = scope.customers().isPresent();
        var basis = event.basis();
        var why = event.explanation();
        return new ExplanationJson(
                event.id(),
                event.meterKey(),
                event.time(),
                event.quantity(),
                basis.plan().orElse(null),
                basis.plan().isPresent() ? basis.version() : null,
                basis.cycleFrom(),
                why.rate().map(RateJson::of).orElse(null),
                why.before(),
                why.after(),
                why.priceBefore(),
                why.priceAfter(),
                why.charge(),
                basis.chargedBefore(),
                event.charge(),
                own ? null : basis.costPerUnit(),
                own ? null : why.cost(),
                event.repricings());
    }

    /** The prices of a meter; which fields are there depends on the model. */
    @Schema(name = "ExplainedRate")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RateJson(
            @Schema(example = "per_unit") String model,
            @Schema(type = "string") BigDecimal included,
            @Schema(type = "string") @Nullable BigDecimal unitPrice,
            @Nullable List<TierJson> tiers,
            @Schema(type = "string") @Nullable BigDecimal packagePrice,
            @Schema(type = "string") @Nullable BigDecimal packageSize) {
        static RateJson of(Rate rate) {
            Pricing pricing = rate.pricing();
            return new RateJson(
                    pricing.model().name().toLowerCase(Locale.ROOT),
                    rate.included(),
                    pricing instanceof Pricing.PerUnit unit ? unit.unitPrice() : null,
                    tiers(pricing)
                            .map(list -> list.stream().map(TierJson::of).toList())
                            .orElse(null),
                    pricing instanceof Pricing.Packages packages ? packages.packagePrice() : null,
                    pricing instanceof Pricing.Packages packages ? packages.packageSize() : null);
        }

        private static Optional<List<Pricing.Tier>> tiers(Pricing pricing) {
            if (pricing instanceof Pricing.Graduated graduated) {
                return Optional.of(graduated.tiers());
            }
            return pricing instanceof Pricing.Volume volume ? Optional.of(volume.tiers()) : Optional.empty();
        }
    }

    /** One tier. */
    @Schema(name = "ExplainedTier")
    record TierJson(
            @Schema(type = "string") @Nullable BigDecimal upTo,
            @Schema(type = "string") BigDecimal unitPrice) {
        static TierJson of(Pricing.Tier tier) {
            return new TierJson(tier.upTo().orElse(null), tier.unitPrice());
        }
    }
}
