package org.bursar.plans.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How full a customer's limit is.
 *
 * @param planLimit what the plan allows; null: no limit, or no plan
 * @param raised what add-ons raise it by
 * @param open leases that count
 * @param firstEnd when the first of them runs out
 */
public record RoomRow(
        @Nullable Integer planLimit,
        long raised,
        long open,
        @Nullable Instant firstEnd) {}
