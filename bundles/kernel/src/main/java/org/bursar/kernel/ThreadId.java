package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a thread. */
public record ThreadId(UUID uuid) implements Id {
    public static final String PREFIX = "thr";

    /** A new one. */
    public static ThreadId next(Clock clock) {
        return new ThreadId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static ThreadId fromString(String text) {
        return new ThreadId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
