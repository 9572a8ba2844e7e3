package org.bursar.purchases.internal.sql;

import java.time.Instant;

/** A call that is to be made, or whose outcome is not known. */
public record IntentRow(String intentKey, String operation, String request, int attempts, Instant createdAt) {}
