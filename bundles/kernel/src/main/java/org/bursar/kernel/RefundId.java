package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a refund. */
public record RefundId(UUID uuid) implements Id {
    public static final String PREFIX = "rfd";

    /** A new one. */
    public static RefundId next(Clock clock) {
        return new RefundId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static RefundId fromString(String text) {
        return new RefundId(TypeId.parse(PREFIX, text));
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
