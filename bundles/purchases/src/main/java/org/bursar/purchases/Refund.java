package org.bursar.purchases;

import java.time.Instant;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back.
 *
 * @param byProvider whether it was made on the provider's own pages, and not here
 * @param reason in the words of whoever asked for it
 * @param detail what is known beyond the status; null: nothing
 * @param by what people call who asked for it
 * @param settledAt when it ended; null: it has not
 */
public record Refund(
        RefundId id,
        PurchaseId purchase,
        Money amount,
        boolean byProvider,
        String reason,
        RefundStatus status,
        @Nullable String detail,
        String by,
        Instant createdAt,
        @Nullable Instant settledAt) {}
