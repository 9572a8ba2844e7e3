package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of an add-on. */
public record AddOnId(UUID uuid) implements Id {
    public static final String PREFIX = "adn";

    /** A new one. */
    public static AddOnId next(Clock clock) {
        return new AddOnId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static AddOnId fromString(String text) {
        return new AddOnId(TypeId.parse(PREFIX, text));
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
