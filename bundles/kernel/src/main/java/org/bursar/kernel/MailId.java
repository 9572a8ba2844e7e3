package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a mail. */
public record MailId(UUID uuid) implements Id {
    public static final String PREFIX = "mai";

    /** A new one. */
    public static MailId next(Clock clock) {
        return new MailId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static MailId fromString(String text) {
        return new MailId(TypeId.parse(PREFIX, text));
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
