package org.bursar.mail.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a mail that did not go is tried again: after a minute, then twice as long each time, up to 6 h; for three days.
 */
final class BackOff {
    static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(6);
    static final Duration GIVE_UP = Duration.ofDays(3);

    private BackOff() {}

    /**
     * The time of the next attempt.
     *
     * @param attempts how many there were, at least one
     * @return empty: given up
     */
    static Optional<Instant> next(int attempts, Instant createdAt, Instant now) {
        Instant end = createdAt.plus(GIVE_UP);
        if (!now.isBefore(end)) {
            return Optional.empty();
        }
        Duration pause = attempts > 10 ? LONGEST : FIRST.multipliedBy(1L << attempts - 1);
        Instant next = now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
        return Optional.of(next.isAfter(end) ? end : next);
    }
}
