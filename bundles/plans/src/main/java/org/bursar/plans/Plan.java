package org.bursar.plans;

import java.time.Instant;
import org.bursar.kernel.PlanId;

/**
 * A plan.
 *
 * @param key unique in the tenant, never changed
 * @param current its newest version, which new subscriptions get
 * @param version counts changes; the ETag
 */
public record Plan(PlanId id, String key, String name, PlanVersion current, Instant createdAt, long version) {}
