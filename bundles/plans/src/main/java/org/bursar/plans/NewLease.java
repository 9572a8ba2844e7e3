package org.bursar.plans;

import org.bursar.kernel.CustomerId;

/**
 * A lease that is asked for.
 *
 * @param ttlSeconds how long it lasts unless it is renewed, 1 to {@link Leases#LONGEST_TTL_SECONDS}
 */
public record NewLease(CustomerId customer, Limit limit, int ttlSeconds) {}
