package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.plans.Subscriptions.When;
import org.jspecify.annotations.Nullable;

/** What is sent to end a subscription. */
@Schema(name = "Cancellation")
record CancelForm(
        @Schema(
                type = "string",
                allowableValues = {"now", "cycle_end"},
                description = "now without it")
        @Nullable
        When when) {
    When whenOrNow() {
        return when == null ? When.NOW : when;
    }
}
