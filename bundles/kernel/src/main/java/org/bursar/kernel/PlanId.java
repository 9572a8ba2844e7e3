package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a plan. */
public record PlanId(UUID uuid) implements Id {
    public static final String PREFIX = "pln";

    /** A new one. */
    public static PlanId next(Clock clock) {
        return new PlanId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static PlanId fromString(String text) {
        return new PlanId(TypeId.parse(PREFIX, text));
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
