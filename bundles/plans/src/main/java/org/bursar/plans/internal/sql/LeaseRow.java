package org.bursar.plans.internal.sql;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.LeaseId;
import org.bursar.plans.Lease;
import org.bursar.plans.LeaseStatus;
import org.bursar.plans.Limit;
import org.jspecify.annotations.Nullable;

/** A row of {@code plans.lease}. */
public record LeaseRow(
        LeaseId leaseId,
        CustomerId customerId,
        Limit limitName,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        boolean released,
        long version) {

    /** As it stands at an instant: what has run out is expired before anybody has written so, and counts as changed. */
    public Lease at(Instant now) {
        boolean ranOut = endedAt == null && !expiresAt.isAfter(now);
        LeaseStatus status =
                released ? LeaseStatus.RELEASED : ranOut || endedAt != null ? LeaseStatus.EXPIRED : LeaseStatus.OPEN;
        return new Lease(leaseId, customerId, limitName, status, expiresAt, createdAt, ranOut ? version + 1 : version);
    }
}
