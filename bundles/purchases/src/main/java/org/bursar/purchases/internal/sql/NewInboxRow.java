package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.UUID;
import org.bursar.purchases.ReceivedWebhook.State;
import org.jspecify.annotations.Nullable;

/**
 * One that is to be stored.
 *
 * @param body sealed
 * @param head headers and query, sealed
 */
public record NewInboxRow(
        UUID inboxId,
        String gatewayId,
        byte[] bodyHash,
        byte[] body,
        byte[] head,
        Instant receivedAt,
        State state,
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String hints) {}
