package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a workspace. */
public record WorkspaceId(UUID uuid) implements Id {
    public static final String PREFIX = "wsp";

    /** A new one. */
    public static WorkspaceId next(Clock clock) {
        return new WorkspaceId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static WorkspaceId fromString(String text) {
        return new WorkspaceId(TypeId.parse(PREFIX, text));
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
