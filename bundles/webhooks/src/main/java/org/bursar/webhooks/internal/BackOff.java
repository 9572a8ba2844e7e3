package org.bursar.webhooks.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a delivery is tried again, and how long an address that fails is left alone. */
final class BackOff {
    /** As the Standard Webhooks specification recommends: quickly at first, for days in all. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 10;

    /** An address that has failed for so long is turned off. */
    static final Duration TURNED_OFF_AFTER = Duration.ofDays(5);

    private BackOff() {}

    /** The next attempt after so many; empty: it is given up. What waited for others is not given up sooner for it. */
    static Optional<Instant> next(int attempts, Instant queuedAt, Instant now) {
        if (attempts > PAUSES.size() || !now.isBefore(queuedAt.plus(GIVEN_UP_AFTER))) {
            return Optional.empty();
        }
        return Optional.of(now.plus(PAUSES.get(attempts - 1)));
    }

    /** How long an address is left alone after so many failures in a row: an address that hangs costs others nothing. */
    static Duration rest(int failures) {
        Duration rest = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }
}
