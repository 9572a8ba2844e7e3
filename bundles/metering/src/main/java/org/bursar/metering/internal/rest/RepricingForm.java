package org.bursar.metering.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.metering.NewRepricing;
import org.jspecify.annotations.Nullable;

/** What is sent to price a cycle's usage anew. */
@Schema(
        name = "NewRepricing",
        requiredProperties = {"cycle", "reason"})
record RepricingForm(
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

        @Schema(example = "The rate was wrong by a digit", description = "the customer can read it") @Nullable
        String reason) {
    static final RepricingForm EMPTY = new RepricingForm(null, null, null, null);

    NewRepricing repricing() {
        return new NewRepricing(cycle, plan, version, reason);
    }
}
