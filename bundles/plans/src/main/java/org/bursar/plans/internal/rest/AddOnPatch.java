package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.plans.AddOn;
import org.bursar.plans.Limit;
import org.bursar.plans.NewAddOn;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.Price;
import org.jspecify.annotations.Nullable;

/** What of an add-on can be patched. */
@Schema(name = "AddOnPatch")
record AddOnPatch(
        @Nullable String name,

        @Schema(description = "for who takes it, or more of it, from now on") @Nullable
        UnitPrice unitPrice,

        @Schema(
                type = "string",
                allowableValues = {"users", "concurrency", "requests_per_minute"})
        @Nullable
        Limit limit,

        @Nullable Integer raisesBy,
        @Schema(type = "string") @Nullable BigDecimal minQuantity,
        @Schema(type = "string") @Nullable BigDecimal maxQuantity,
        @Nullable Boolean active) {
    static AddOnPatch of(AddOn addOn) {
        Price price = addOn.terms().unitPrice();
        boolean raises = addOn.terms().limit().isPresent();
        return new AddOnPatch(
                addOn.name(),
                new UnitPrice(price.amount(), price.currency()),
                addOn.terms().limit().orElse(null),
                raises ? addOn.terms().raisesBy() : null,
                BigDecimal.valueOf(addOn.minQuantity()),
                BigDecimal.valueOf(addOn.maxQuantity()),
                addOn.active());
    }

    NewAddOn change() {
        NewPrice price = unitPrice == null ? null : new NewPrice(unitPrice.amount(), unitPrice.currency());
        return new NewAddOn(null, name, price, limit, raisesBy, minQuantity, maxQuantity, active);
    }

    /** A price of which either part may stay as it is. */
    @Schema(name = "AddOnPricePatch")
    record UnitPrice(
            @Schema(type = "string", example = "9.00") @Nullable
            BigDecimal amount,

            @Schema(example = "USD") @Nullable String currency) {}
}
