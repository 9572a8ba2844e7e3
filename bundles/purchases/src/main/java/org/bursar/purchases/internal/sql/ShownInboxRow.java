package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.UUID;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.ReceivedWebhook.State;
import org.jspecify.annotations.Nullable;

/** One of the inbox, without what it says. */
public record ShownInboxRow(
        UUID inboxId,
        String gatewayId,
        State state,
        @Nullable String eventId,
        @Nullable String eventType,
        Instant receivedAt,
        int deliveries,
        int attempts,
        @Nullable PurchaseId purchaseId,
        @Nullable String note) {}
