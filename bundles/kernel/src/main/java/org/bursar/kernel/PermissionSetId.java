package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a permission set. */
public record PermissionSetId(UUID uuid) implements Id {
    public static final String PREFIX = "pms";

    /** A new one. */
    public static PermissionSetId next(Clock clock) {
        return new PermissionSetId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static PermissionSetId fromString(String text) {
        return new PermissionSetId(TypeId.parse(PREFIX, text));
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
