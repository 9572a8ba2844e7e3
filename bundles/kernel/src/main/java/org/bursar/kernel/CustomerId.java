package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a customer. */
public record CustomerId(UUID uuid) implements Id {
    public static final String PREFIX = "cus";

    /** A new one. */
    public static CustomerId next(Clock clock) {
        return new CustomerId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static CustomerId fromString(String text) {
        return new CustomerId(TypeId.parse(PREFIX, text));
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
