package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a meter. */
public record MeterId(UUID uuid) implements Id {
    public static final String PREFIX = "mtr";

    /** A new one. */
    public static MeterId next(Clock clock) {
        return new MeterId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static MeterId fromString(String text) {
        return new MeterId(TypeId.parse(PREFIX, text));
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
