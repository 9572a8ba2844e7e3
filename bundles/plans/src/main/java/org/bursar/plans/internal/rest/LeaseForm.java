package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.Leases;
import org.bursar.plans.Limit;
import org.bursar.plans.NewLease;
import org.jspecify.annotations.Nullable;

/** What is sent to take a place under a limit. */
@Schema(
        name = "NewLease",
        requiredProperties = {"customer", "limit", "ttlSeconds"})
record LeaseForm(
        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41") @Nullable
        CustomerId customer,

        @Schema(
                type = "string",
                allowableValues = {"concurrency"})
        @Nullable
        Limit limit,

        @Schema(
                minimum = "1",
                maximum = "86400",
                example = "60",
                description = "how long it lasts unless it is renewed")
        @Nullable
        Integer ttlSeconds) {
    static final LeaseForm EMPTY = new LeaseForm(null, null, null);

    NewLease checked() {
        Checks checks = new Checks();
        CustomerId whose = checks.present("/customer", customer);
        Limit which = checks.present("/limit", limit);
        int seconds = checks.range("/ttlSeconds", ttlSeconds, 1, Leases.LONGEST_TTL_SECONDS);
        checks.done();
        if (whose == null || which == null) {
            throw new IllegalStateException("checks passed what is missing");
        }
        return new NewLease(whose, which, seconds);
    }
}
