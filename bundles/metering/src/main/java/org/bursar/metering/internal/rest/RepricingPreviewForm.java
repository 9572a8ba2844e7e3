package org.bursar.metering.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.metering.NewRepricing;
import org.jspecify.annotations.Nullable;

/** What is sent to see what a repricing would change: the same, but for a reason that may be left out. */
@Schema(name = "RepricingPreviewRequest", requiredProperties = "cycle")
record RepricingPreviewForm(
        @Schema(description = "an instant of the cycle that is meant, such as its beginning") @Nullable
        Instant cycle,

        @Schema(example = "scale", description = "a plan's key or id; without it the last plan that held in the cycle")
        @Nullable
        String plan,

        @Schema(
                description =
                        "the version whose prices are to hold; without it the customer's own, else the plan's newest")
        @Nullable
        Integer version,

        @Schema(example = "The rate was wrong by a digit", description = "not needed to look") @Nullable
        String reason) {
    static final RepricingPreviewForm EMPTY = new RepricingPreviewForm(null, null, null, null);

    NewRepricing repricing() {
        return new NewRepricing(cycle, plan, version, reason);
    }
}
