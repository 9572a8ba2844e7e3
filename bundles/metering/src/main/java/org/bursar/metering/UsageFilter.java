package org.bursar.metering;

import java.time.Instant;
import java.util.Optional;

/**
 * Which usage is asked for.
 *
 * @param from the first instant; empty: from the beginning
 * @param to the first instant after; empty: to the end
 * @param meter a meter's key; empty: all
 */
public record UsageFilter(Optional<Instant> from, Optional<Instant> to, Optional<String> meter) {
    /** All of it. */
    public static UsageFilter all() {
        return new UsageFilter(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
