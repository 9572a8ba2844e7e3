package org.bursar.purchases.internal;

import java.time.Duration;
import java.util.List;

/** When a purchase whose end is not known is looked at again: 1, 5, 15 minutes, 1, 6 hours, then once a day. */
final class LookSchedule {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));

    /** Until a gateway that was absent is asked again: it may be back any moment, and asking costs nothing while it is not. */
    static final Duration UNTIL_IT_IS_BACK = Duration.ofSeconds(15);

    private LookSchedule() {}

    /** The pause after so many looks. */
    static Duration pause(int looks) {
        return PAUSES.get(Math.min(looks, PAUSES.size() - 1));
    }
}
