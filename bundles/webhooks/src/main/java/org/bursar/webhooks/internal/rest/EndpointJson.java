package org.bursar.webhooks.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.webhooks.EndpointStatus;
import org.bursar.webhooks.WebhookEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * An address as JSON.
 *
 * @param secret in the answer that makes it, and never again
 */
@Schema(name = "WebhookEndpoint")
record EndpointJson(
        @Schema(types = "string") WebhookEndpointId id,
        String url,
        @Nullable String description,
        List<String> events,
        @Nullable String notifyEmail,
        EndpointStatus status,
        @Nullable String reason,
        @Nullable String secret,
        @Nullable Instant previousSecretUntil,
        int failures,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt) {
    static EndpointJson of(WebhookEndpoint value) {
        return of(value, null);
    }

    static EndpointJson of(WebhookEndpoint value, @Nullable String secret) {
        return new EndpointJson(
                value.id(),
                value.url(),
                value.description(),
                value.events(),
                value.notifyEmail(),
                value.status(),
                value.reason(),
                secret,
                value.previousSecretUntil(),
                value.failures(),
                value.failingSince(),
                value.createdAt(),
                value.updatedAt());
    }

    @Override
    public String toString() {
        return "EndpointJson[" + id + "]";
    }
}
