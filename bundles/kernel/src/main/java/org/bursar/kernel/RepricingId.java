package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a repricing of a cycle. */
public record RepricingId(UUID uuid) implements Id {
    public static final String PREFIX = "rpr";

    /** A new one. */
    public static RepricingId next(Clock clock) {
        return new RepricingId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static RepricingId fromString(String text) {
        return new RepricingId(TypeId.parse(PREFIX, text));
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
