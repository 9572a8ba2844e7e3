package org.bursar.webhooks;

import java.time.Instant;
import java.util.List;
import org.bursar.kernel.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told what happens.
 *
 * @param events types or patterns, see {@link EventTypes}
 * @param notifyEmail who is told when it is turned off because it fails
 * @param reason why it was turned off
 * @param previousSecretUntil until when the secret before signs too
 * @param failures how many attempts in a row have failed
 * @param failingSince since when every attempt has failed
 * @param version counts changes by people; the ETag
 */
public record WebhookEndpoint(
        WebhookEndpointId id,
        String url,
        @Nullable String description,
        List<String> events,
        @Nullable String notifyEmail,
        EndpointStatus status,
        @Nullable String reason,
        @Nullable Instant previousSecretUntil,
        int failures,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    public WebhookEndpoint {
        events = List.copyOf(events);
    }
}
