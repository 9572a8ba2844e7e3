package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a session, which is not its token. */
public record SessionId(UUID uuid) implements Id {
    public static final String PREFIX = "ses";

    /** A new one. */
    public static SessionId next(Clock clock) {
        return new SessionId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static SessionId fromString(String text) {
        return new SessionId(TypeId.parse(PREFIX, text));
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
