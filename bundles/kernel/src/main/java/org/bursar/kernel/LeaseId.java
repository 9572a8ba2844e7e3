package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a lease. */
public record LeaseId(UUID uuid) implements Id {
    public static final String PREFIX = "lse";

    /** A new one. */
    public static LeaseId next(Clock clock) {
        return new LeaseId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static LeaseId fromString(String text) {
        return new LeaseId(TypeId.parse(PREFIX, text));
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
