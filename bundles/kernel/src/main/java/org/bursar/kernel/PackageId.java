package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a package. */
public record PackageId(UUID uuid) implements Id {
    public static final String PREFIX = "pkg";

    /** A new one. */
    public static PackageId next(Clock clock) {
        return new PackageId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static PackageId fromString(String text) {
        return new PackageId(TypeId.parse(PREFIX, text));
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
