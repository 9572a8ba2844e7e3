package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.UUID;
import org.bursar.purchases.ReceivedWebhook.State;
import org.jspecify.annotations.Nullable;

/** One of the inbox that is looked at. */
public record InboxRow(
        UUID inboxId,
        String gatewayId,
        State state,
        byte[] body,
        byte[] head,
        Instant receivedAt,
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String hints,
        int attempts) {
    @Override
    public String toString() {
        return gatewayId + ' ' + inboxId;
    }
}
