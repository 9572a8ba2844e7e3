package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.Subscriptions.When;
import org.jspecify.annotations.Nullable;

/** What is sent to give a customer terms of its own; what is not in it is the plan's. */
@Schema(name = "NewOverrides")
record OverridesForm(
        VersionForm.@Nullable PriceForm price,

        @Schema(type = "string", example = "50.00", description = "of the usage of a cycle; zero: none") @Nullable
        BigDecimal minimum,

        @Schema(description = "each in the place of the plan's rate for its meter") @Nullable
        List<VersionForm.@Nullable RateForm> rates,

        @Schema(
                type = "string",
                allowableValues = {"now", "cycle_end"},
                description = "now without it")
        @Nullable
        When when) {
    NewOverrides overrides() {
        return new NewOverrides(
                price == null ? null : new NewPrice(price.amount(), price.currency()),
                minimum,
                VersionForm.rates(rates),
                when);
    }
}
