package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.purchases.SavedMethod;

/** A saved method as JSON; what the provider calls it is nobody's business. */
record SavedMethodJson(
        @Schema(types = "string") SavedMethodId id,
        @Schema(types = "string") CustomerId customer,
        String gateway,
        @Schema(allowableValues = {"live", "test"}) String mode,
        boolean active,

        @Schema(description = "Whether its provider has pages for it now: POST …/portal leads there")
        boolean manageable,

        Instant createdAt) {
    static SavedMethodJson of(SavedMethod value, boolean manageable) {
        return new SavedMethodJson(
                value.id(),
                value.customer(),
                value.gateway(),
                value.live() ? "live" : "test",
                value.active(),
                manageable,
                value.createdAt());
    }
}
