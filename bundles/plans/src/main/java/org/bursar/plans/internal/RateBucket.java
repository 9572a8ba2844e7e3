package org.bursar.plans.internal;

import java.time.Duration;
import java.time.Instant;

/**
 * What of a limit by the minute is in use: the generic cell rate algorithm in its form as a leaky bucket, which decides as virtual
 * scheduling does. A request adds {@link #REQUEST}, a microsecond takes off the limit's size, and the size times {@link #REQUEST}
 * fit in: so all of it is whole numbers, whatever the size, where the interval between two requests would have to be rounded.
 *
 * @param level zero or more
 * @param measuredAt when the level was that; whole microseconds
 */
record RateBucket(long level, Instant measuredAt) {
    /** The microseconds of a minute. */
    static final long REQUEST = 60_000_000;

    private static final Duration LONGEST_AHEAD = Duration.ofMinutes(1);

    /** Nothing in use. */
    static RateBucket empty(Instant now) {
        return new RateBucket(0, now);
    }

    /**
     * As it is at an instant. One that lies before the measurement counts as that: a clock that is behind lets nobody through
     * twice. By more than a minute no two clocks differ that are to be believed: then the clock was set back, and what was measured
     * by the wrong one is forgotten, or a full bucket would stay full until the right one has caught up.
     *
     * @param size the limit; what is more than fits in, after it was lowered, is not waited for
     */
    RateBucket at(Instant now, int size) {
        if (measuredAt.isAfter(now.plus(LONGEST_AHEAD))) {
            return empty(now);
        }
        long elapsed = Math.max(0, Duration.between(measuredAt, now).toNanos() / 1_000);
        long left = Math.max(0, Math.min(level, capacity(size)) - size * Math.min(REQUEST, elapsed));
        return new RateBucket(left, now.isAfter(measuredAt) ? now : measuredAt);
    }

    /** Whether one more fits in. */
    boolean hasRoom(int size) {
        return level + REQUEST <= capacity(size);
    }

    /** How many fit in. */
    int room(int size) {
        return (int) ((capacity(size) - level) / REQUEST);
    }

    /** How long until one more fits in; a minute where none ever does. */
    Duration untilRoom(int size) {
        return size == 0 ? Duration.ofMinutes(1) : leaking(level + REQUEST - capacity(size), size);
    }

    /** How long until it is empty. */
    Duration untilEmpty(int size) {
        return size == 0 ? Duration.ZERO : leaking(level, size);
    }

    private static Duration leaking(long much, int size) {
        return Duration.ofNanos(1_000 * Math.max(0, (much + size - 1) / size));
    }

    private static long capacity(int size) {
        return size * REQUEST;
    }
}
