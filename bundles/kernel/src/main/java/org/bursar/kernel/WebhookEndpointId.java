package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of an address that is told what happens. */
public record WebhookEndpointId(UUID uuid) implements Id {
    public static final String PREFIX = "whe";

    /** A new one. */
    public static WebhookEndpointId next(Clock clock) {
        return new WebhookEndpointId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static WebhookEndpointId fromString(String text) {
        return new WebhookEndpointId(TypeId.parse(PREFIX, text));
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
