package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of an API key. */
public record ApiKeyId(UUID uuid) implements Id {
    public static final String PREFIX = "key";

    /** A new one. */
    public static ApiKeyId next(Clock clock) {
        return new ApiKeyId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static ApiKeyId fromString(String text) {
        return new ApiKeyId(TypeId.parse(PREFIX, text));
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
