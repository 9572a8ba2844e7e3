package org.bursar.plans;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.LeaseId;

/**
 * A place under a limit, for as long as it is renewed.
 *
 * @param expiresAt from here on it counts no more
 * @param version counts changes, its expiry among them; the ETag
 */
public record Lease(
        LeaseId id,
        CustomerId customer,
        Limit limit,
        LeaseStatus status,
        Instant expiresAt,
        Instant createdAt,
        long version) {}
