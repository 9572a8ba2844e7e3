package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.MeterId;

/**
 * Something that is counted.
 *
 * @param key unique in the tenant, never changed; the {@code type} of usage events
 * @param unit what one of it is called: {@code minute}
 * @param costPerUnit what one costs the tenant, at most 12 places; no business of its customers
 * @param version counts changes; the ETag
 */
public record Meter(
        MeterId id,
        String key,
        String name,
        String unit,
        Aggregation aggregation,
        BigDecimal costPerUnit,
        Instant createdAt,
        long version) {}
