package org.bursar.webhooks.internal.sql;

import java.time.Instant;
import java.util.List;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.webhooks.EndpointStatus;
import org.bursar.webhooks.WebhookEndpoint;
import org.jspecify.annotations.Nullable;

/** A row of {@code webhooks.endpoint}, without its secrets. */
public record EndpointRow(
        WebhookEndpointId endpointId,
        String url,
        @Nullable String description,
        String events,
        @Nullable String notifyEmail,
        EndpointStatus status,
        @Nullable String reason,
        @Nullable Instant previousUntil,
        int failures,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /** The patterns. */
    public List<String> patterns() {
        return List.of(events.split(" "));
    }

    /** As others see it. */
    public WebhookEndpoint endpoint() {
        return new WebhookEndpoint(
                endpointId,
                url,
                description,
                patterns(),
                notifyEmail,
                status,
                reason,
                previousUntil,
                failures,
                failingSince,
                createdAt,
                updatedAt,
                version);
    }
}
