package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a message. */
public record MessageId(UUID uuid) implements Id {
    public static final String PREFIX = "msg";

    /** A new one. */
    public static MessageId next(Clock clock) {
        return new MessageId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static MessageId fromString(String text) {
        return new MessageId(TypeId.parse(PREFIX, text));
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
