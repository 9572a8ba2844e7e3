package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a tenant. */
public record TenantId(UUID uuid) implements Id {
    public static final String PREFIX = "ten";

    /** A new one. */
    public static TenantId next(Clock clock) {
        return new TenantId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static TenantId fromString(String text) {
        return new TenantId(TypeId.parse(PREFIX, text));
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
