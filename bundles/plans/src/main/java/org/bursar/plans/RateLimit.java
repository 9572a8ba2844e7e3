package org.bursar.plans;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.bursar.kernel.CustomerId;

/**
 * How much of a limit by the minute is left.
 *
 * @param size what the plan and the add-ons allow in a minute; empty: no limit
 * @param remaining what could be taken at once; empty without a limit
 * @param replenishedAt when all of it can be taken at once again; empty: it can
 */
public record RateLimit(
        CustomerId customer, Limit limit, OptionalInt size, OptionalInt remaining, Optional<Instant> replenishedAt) {}
