package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.Overrides;
import org.jspecify.annotations.Nullable;

/** What a customer has instead of its plan's terms, as it is shown. */
@Schema(name = "Overrides")
record OverridesJson(
        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        @Schema(example = "scale") String plan,

        @Schema(description = "the plan's version whose other terms hold")
        int planVersion,

        @Schema(description = "null: the plan's") @Nullable PriceJson price,

        @Schema(type = "string", description = "null: the plan's; zero: none") @Nullable
        BigDecimal minimum,

        List<VersionJson.RateJson> rates) {
    static OverridesJson of(Overrides overrides) {
        return new OverridesJson(
                overrides.customer(),
                overrides.planKey(),
                overrides.planVersion(),
                overrides.price().map(PriceJson::of).orElse(null),
                overrides.minimum().orElse(null),
                overrides.rates().stream().map(VersionJson.RateJson::of).toList());
    }
}
