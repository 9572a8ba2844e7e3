package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.plans.Limit;
import org.bursar.plans.NewAddOn;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.jspecify.annotations.Nullable;

/** What is sent to create an add-on. */
@Schema(
        name = "NewAddOn",
        requiredProperties = {"key", "name", "unitPrice"})
record AddOnForm(
        @Schema(example = "conversation-concurrency", description = "unique, never changed") @Nullable
        String key,

        @Schema(example = "Conversation concurrency") @Nullable
        String name,

        @Schema(description = "of one, each month") VersionForm.@Nullable PriceForm unitPrice,

        @Schema(
                type = "string",
                allowableValues = {"users", "concurrency", "requests_per_minute"},
                description = "the limit that it raises; none without it")
        @Nullable
        Limit limit,

        @Schema(description = "by how much each raises the limit; 1 without it") @Nullable
        Integer raisesBy,

        @Schema(type = "string", example = "1", description = "the smallest quantity but none; 1 without it") @Nullable
        BigDecimal minQuantity,

        @Schema(type = "string", example = "100", description = "the largest quantity; 1000000 without it") @Nullable
        BigDecimal maxQuantity,

        @Schema(description = "whether it is sold; true without it") @Nullable
        Boolean active) {
    static final AddOnForm EMPTY = new AddOnForm(null, null, null, null, null, null, null, null);

    NewAddOn addOn() {
        NewPrice price = unitPrice == null ? null : new NewPrice(unitPrice.amount(), unitPrice.currency());
        return new NewAddOn(key, name, price, limit, raisesBy, minQuantity, maxQuantity, active);
    }
}
