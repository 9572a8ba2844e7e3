package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.LeaseId;
import org.bursar.plans.Lease;
import org.bursar.plans.LeaseStatus;
import org.bursar.plans.Limit;

/** A lease as it is shown. */
@Schema(name = "Lease")
record LeaseJson(
        @Schema(type = "string", example = "lse_01h2xcejqtf2nbrexx3vqjhp41")
        LeaseId id,

        @Schema(type = "string", example = "cus_01h2xcejqtf2nbrexx3vqjhp41")
        CustomerId customer,

        @Schema(
                type = "string",
                allowableValues = {"concurrency"})
        Limit limit,

        @Schema(
                type = "string",
                allowableValues = {"open", "released", "expired"})
        LeaseStatus status,

        @Schema(description = "from here on it counts no more unless it is renewed before")
        Instant expiresAt,

        Instant createdAt) {
    static LeaseJson of(Lease lease) {
        return new LeaseJson(
                lease.id(), lease.customer(), lease.limit(), lease.status(), lease.expiresAt(), lease.createdAt());
    }
}
