package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.kernel.Checks;
import org.bursar.plans.Limit;
import org.jspecify.annotations.Nullable;

/** What is sent to take a request of a limit by the minute. */
@Schema(name = "TakenRequest", requiredProperties = "limit")
record TakeForm(
        @Schema(
                type = "string",
                allowableValues = {"requests_per_minute"})
        @Nullable
        Limit limit) {
    static final TakeForm EMPTY = new TakeForm(null);

    Limit checked() {
        Checks checks = new Checks();
        Limit which = checks.present("/limit", limit);
        checks.done();
        if (which == null) {
            throw new IllegalStateException("checks passed what is missing");
        }
        return which;
    }
}
