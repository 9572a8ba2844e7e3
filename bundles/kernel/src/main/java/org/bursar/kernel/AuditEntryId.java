package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of an audit entry. */
public record AuditEntryId(UUID uuid) implements Id {
    public static final String PREFIX = "aud";

    /** A new one. */
    public static AuditEntryId next(Clock clock) {
        return new AuditEntryId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static AuditEntryId fromString(String text) {
        return new AuditEntryId(TypeId.parse(PREFIX, text));
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
