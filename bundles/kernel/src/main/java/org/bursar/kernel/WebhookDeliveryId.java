package org.bursar.kernel;

import java.time.Clock;
import java.util.UUID;

/** The id of what is told to one address. */
public record WebhookDeliveryId(UUID uuid) implements Id {
    public static final String PREFIX = "whd";

    /** A new one. */
    public static WebhookDeliveryId next(Clock clock) {
        return new WebhookDeliveryId(TypeId.next(clock));
    }

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is the text of anything else
     */
    public static WebhookDeliveryId fromString(String text) {
        return new WebhookDeliveryId(TypeId.parse(PREFIX, text));
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
