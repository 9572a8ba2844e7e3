package org.bursar.kernel;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The id of a user. */
public record UserId(UUID uuid) implements Id {
    public static final String PREFIX = "usr";

    /** A new one. */
    public static UserId next(Clock clock) {
        return new UserId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static UserId fromString(String text) {
        return new UserId(TypeId.parse(PREFIX, text));
    }

    /** The user that an {@link Actor}'s id names; empty: it names none. Jobs and people at the shell may have any name. */
    public static Optional<UserId> ofActor(String id) {
        try {
            return Optional.of(fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
