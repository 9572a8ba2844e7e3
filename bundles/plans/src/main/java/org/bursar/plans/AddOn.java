package org.bursar.plans;

import java.time.Instant;
import org.bursar.kernel.AddOnId;

/**
 * A recurring feature that a customer has any number of beside its plan.
 *
 * @param key unique in the tenant, never changed
 * @param terms its newest terms, which whoever takes it or more of it gets
 * @param minQuantity how many a customer has at least, who has any
 * @param maxQuantity how many a customer has at most
 * @param active whether it can be taken; who has it keeps it
 * @param version counts changes; the ETag
 */
public record AddOn(
        AddOnId id,
        String key,
        String name,
        AddOnTerms terms,
        int minQuantity,
        int maxQuantity,
        boolean active,
        Instant createdAt,
        long version) {}
