package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.plans.Subscriptions.When;
import org.jspecify.annotations.Nullable;

/** What is sent to choose a plan. */
@Schema(name = "PlanChoice", requiredProperties = "plan")
record SubscriptionForm(
        @Schema(example = "scale", description = "a plan's key or id") @Nullable
        String plan,

        @Schema(
                type = "string",
                allowableValues = {"now", "cycle_end"},
                description = "without it as the plan says, else an upgrade now and a downgrade when the cycle ends")
        @Nullable
        When when) {
    static final SubscriptionForm EMPTY = new SubscriptionForm(null, null);
}
