package org.bursar.purchases.internal.sql;

import java.util.UUID;

/** One of the inbox that is due, and who reads it. */
public record DueInboxRow(UUID inboxId, String gatewayId) {}
