package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a payment method that a provider keeps. */
public record SavedMethodId(UUID uuid) implements Id {
    public static final String PREFIX = "pmt";

    /** A new one. */
    public static SavedMethodId next(Clock clock) {
        return new SavedMethodId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static SavedMethodId fromString(String text) {
        return new SavedMethodId(TypeId.parse(PREFIX, text));
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
