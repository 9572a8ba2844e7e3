package org.bursar.credits;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * On what terms credit is added. It becomes a lot: lots are spent by priority, then those that expire first, those that
 * never do last, then by age.
 *
 * @param priority 0 to {@value #HIGHEST_PRIORITY}; the smaller is spent before the larger
 * @param expiresAt from when on what is left of it cannot be spent any more
 */
public record Grant(int priority, Optional<Instant> expiresAt) {
    /** The priority of what is added without any. */
    public static final int USUAL_PRIORITY = 100;

    /** The largest number a priority may have; it is spent last. */
    public static final int HIGHEST_PRIORITY = 1_000;

    /** Of the usual priority, for ever. */
    public static final Grant USUAL = new Grant(USUAL_PRIORITY, Optional.empty());

    public Grant {
        if (priority < 0 || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("not a priority: " + priority);
        }
        // PostgreSQL keeps microseconds
        expiresAt = expiresAt.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    }
}
