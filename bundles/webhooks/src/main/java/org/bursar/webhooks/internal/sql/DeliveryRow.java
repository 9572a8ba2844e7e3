package org.bursar.webhooks.internal.sql;

import java.time.Instant;
import java.util.UUID;
import org.bursar.kernel.TypeId;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.webhooks.DeliveryStatus;
import org.bursar.webhooks.WebhookDelivery;
import org.jspecify.annotations.Nullable;

/** A row of {@code webhooks.delivery} with its event's type. */
public record DeliveryRow(
        WebhookDeliveryId deliveryId,
        WebhookEndpointId endpointId,
        UUID eventId,
        String type,
        DeliveryStatus status,
        int attempts,
        @Nullable Integer answer,
        @Nullable String failure,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant sentAt,
        Instant createdAt) {
    private static final String EVENT_PREFIX = "evt";

    /** The event's id as receivers see it. */
    public static String event(UUID id) {
        return TypeId.format(EVENT_PREFIX, id);
    }

    /** As others see it. */
    public WebhookDelivery delivery() {
        return new WebhookDelivery(
                deliveryId,
                endpointId,
                event(eventId),
                type,
                status,
                attempts,
                answer,
                failure,
                nextAttemptAt,
                sentAt,
                createdAt);
    }
}
