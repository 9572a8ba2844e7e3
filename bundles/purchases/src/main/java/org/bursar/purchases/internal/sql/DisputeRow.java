package org.bursar.purchases.internal.sql;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.PurchaseDispute;

/** A row of {@code purchases.dispute}, with its purchase's number. */
public record DisputeRow(
        PurchaseId purchaseId,
        String providerId,
        CustomerId customerId,
        long number,
        PurchaseDispute.Status status,
        long amountMinor,
        String currency,
        Instant openedAt,
        Instant updatedAt) {}
