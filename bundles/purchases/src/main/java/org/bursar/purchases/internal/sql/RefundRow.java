package org.bursar.purchases.internal.sql;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.purchases.Refund;
import org.bursar.purchases.RefundStatus;
import org.jspecify.annotations.Nullable;

/** A row of {@code purchases.refund}. */
public record RefundRow(
        RefundId refundId,
        PurchaseId purchaseId,
        CustomerId customerId,
        String intentKey,
        String origin,
        long amountMinor,
        String currency,
        String reason,
        RefundStatus status,
        @Nullable String providerId,
        @Nullable String detail,
        int attempts,
        String createdByName,
        Instant createdAt,
        @Nullable Instant settledAt) {
    /** Whether somebody asked for it here. */
    public boolean ours() {
        return origin.equals("PERSON");
    }

    /** As others see it. */
    public Refund refund() {
        return new Refund(
                refundId,
                purchaseId,
                new Money(currency, amountMinor),
                !ours(),
                reason,
                status,
                detail,
                createdByName,
                createdAt,
                settledAt);
    }
}
