package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of a subscription. */
public record SubscriptionId(UUID uuid) implements Id {
    public static final String PREFIX = "sub";

    /** A new one. */
    public static SubscriptionId next(Clock clock) {
        return new SubscriptionId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static SubscriptionId fromString(String text) {
        return new SubscriptionId(TypeId.parse(PREFIX, text));
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
