package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a hold. */
public record HoldId(UUID uuid) implements Id {
    public static final String PREFIX = "hld";

    /** A new one. */
    public static HoldId next(Clock clock) {
        return new HoldId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static HoldId fromString(String text) {
        return new HoldId(TypeId.parse(PREFIX, text));
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
