package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.AddOnId;
import org.bursar.plans.AddOn;
import org.bursar.plans.Limit;
import org.jspecify.annotations.Nullable;

/** An add-on as it is shown, with its newest terms. */
@Schema(name = "AddOn")
record AddOnJson(
        @Schema(type = "string", example = "adn_01h2xcejqtf2nbrexx3vqjhp41")
        AddOnId id,

        String key,
        String name,
        @Schema(description = "of one, each month") PriceJson unitPrice,

        @Schema(
                type = "string",
                allowableValues = {"users", "concurrency", "requests_per_minute"},
                description = "the limit that it raises")
        @Nullable
        Limit limit,

        @Schema(description = "by how much each raises the limit") @Nullable
        Integer raisesBy,

        @Schema(type = "string", example = "1.00") BigDecimal minQuantity,
        @Schema(type = "string", example = "100.00") BigDecimal maxQuantity,
        boolean active,
        Instant createdAt) {
    static AddOnJson of(AddOn addOn) {
        return new AddOnJson(
                addOn.id(),
                addOn.key(),
                addOn.name(),
                PriceJson.of(addOn.terms().unitPrice()),
                addOn.terms().limit().orElse(null),
                addOn.terms().limit().isPresent() ? addOn.terms().raisesBy() : null,
                BigDecimal.valueOf(addOn.minQuantity()),
                BigDecimal.valueOf(addOn.maxQuantity()),
                addOn.active(),
                addOn.createdAt());
    }
}
