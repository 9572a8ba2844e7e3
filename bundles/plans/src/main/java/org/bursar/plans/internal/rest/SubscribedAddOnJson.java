package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.plans.Limit;
import org.bursar.plans.SubscribedAddOn;
import org.jspecify.annotations.Nullable;

/** An add-on that a customer has, as it is shown. */
@Schema(name = "SubscribedAddOn")
record SubscribedAddOnJson(
        @Schema(example = "conversation-concurrency") String addOn,
        String name,
        @Schema(type = "string", example = "10.00") BigDecimal quantity,

        @Schema(description = "of one, each month, as it was agreed")
        PriceJson unitPrice,

        @Schema(description = "of all of it") PriceJson monthlyCost,

        @Schema(
                type = "string",
                allowableValues = {"users", "concurrency", "requests_per_minute"})
        @Nullable
        Limit limit,

        @Nullable Integer raisesBy,
        Instant since) {
    static SubscribedAddOnJson of(SubscribedAddOn addOn) {
        return new SubscribedAddOnJson(
                addOn.key(),
                addOn.name(),
                BigDecimal.valueOf(addOn.quantity()),
                PriceJson.of(addOn.terms().unitPrice()),
                PriceJson.of(addOn.monthlyCost()),
                addOn.terms().limit().orElse(null),
                addOn.terms().limit().isPresent() ? addOn.terms().raisesBy() : null,
                addOn.since());
    }
}
