package org.bursar.metering;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repricing that is asked for; {@link Repricings} checks it.
 *
 * @param cycle an instant of the cycle that is meant, such as its beginning
 * @param plan a plan's key or the text of its id; null: the last plan that held in the cycle
 * @param version the number of the version whose prices are to hold; null: the plan's newest
 * @param reason not looked at in a preview
 */
public record NewRepricing(
        @Nullable Instant cycle,
        @Nullable String plan,
        @Nullable Integer version,
        @Nullable String reason) {}
