package org.bursar.webhooks.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.webhooks.DeliveryStatus;
import org.bursar.webhooks.WebhookDelivery;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as JSON.
 *
 * @param payload what is sent, byte for byte; null in lists
 */
@Schema(name = "WebhookDelivery")
record DeliveryJson(
        @Schema(types = "string") WebhookDeliveryId id,
        @Schema(types = "string") WebhookEndpointId endpoint,

        @Schema(description = "the header webhook-id, the same for each attempt")
        String event,

        @Schema(example = "purchase.approved") String type,
        DeliveryStatus status,
        int attempts,
        @Nullable Integer answer,
        @Nullable String failure,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant sentAt,
        Instant createdAt,
        @Nullable String payload) {
    static DeliveryJson of(WebhookDelivery value) {
        return of(value, null);
    }

    static DeliveryJson of(WebhookDelivery value, @Nullable String payload) {
        return new DeliveryJson(
                value.id(),
                value.endpoint(),
                value.event(),
                value.type(),
                value.status(),
                value.attempts(),
                value.answer(),
                value.failure(),
                value.nextAttemptAt(),
                value.sentAt(),
                value.createdAt(),
                payload);
    }
}
