package org.bursar.purchases.internal.sql;

import java.util.UUID;
import org.bursar.purchases.ReceivedWebhook.State;

/** One of the inbox, and how far it is. */
public record InboxKey(UUID inboxId, State state) {}
