package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a usage event that was counted; ours, not its source's. */
public record UsageEventId(UUID uuid) implements Id {
    public static final String PREFIX = "evt";

    /** A new one. */
    public static UsageEventId next(Clock clock) {
        return new UsageEventId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static UsageEventId fromString(String text) {
        return new UsageEventId(TypeId.parse(PREFIX, text));
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
