package org.bursar.webhooks;

import java.time.Instant;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/**
 * One event for one address.
 *
 * @param event the event's id, the same for every address and attempt: the header {@code webhook-id}
 * @param answer the HTTP status of the last answer
 * @param failure why the last attempt failed
 */
public record WebhookDelivery(
        WebhookDeliveryId id,
        WebhookEndpointId endpoint,
        String event,
        String type,
        DeliveryStatus status,
        int attempts,
        @Nullable Integer answer,
        @Nullable String failure,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant sentAt,
        Instant createdAt) {}
