package org.bursar.webhooks.internal.sql;

import java.time.Instant;
import java.util.UUID;
import org.bursar.kernel.WebhookDeliveryId;
import org.jspecify.annotations.Nullable;

/** What is to be sent now, and where. */
public record DueRow(
        WebhookDeliveryId deliveryId,
        UUID eventId,
        String url,
        byte[] secret,
        byte @Nullable [] previousSecret,
        @Nullable Instant previousUntil,
        String payload,
        int attempts,
        Instant queuedAt) {}
