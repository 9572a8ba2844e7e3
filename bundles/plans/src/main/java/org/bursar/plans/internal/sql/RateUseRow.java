package org.bursar.plans.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit by the minute and what of it is in use.
 *
 * @param planLimit what the plan allows; null: no limit, or no plan
 * @param raised what add-ons raise it by
 * @param level null: nothing was ever taken
 */
public record RateUseRow(
        @Nullable Integer planLimit,
        long raised,
        @Nullable Long level,
        @Nullable Instant measuredAt) {}
