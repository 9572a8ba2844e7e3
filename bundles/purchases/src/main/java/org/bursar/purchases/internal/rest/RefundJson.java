package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.purchases.Refund;
import org.bursar.purchases.RefundStatus;
import org.jspecify.annotations.Nullable;

/** A refund as JSON. A customer's own callers see neither who asked for it nor what the gateway said. */
record RefundJson(
        @Schema(types = "string") RefundId id,
        @Schema(types = "string") PurchaseId purchase,
        MoneyJson amount,
        boolean byProvider,
        RefundStatus status,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable String by,
        Instant createdAt,
        @Nullable Instant settledAt) {
    static RefundJson of(Refund value, boolean forAdmins) {
        return new RefundJson(
                value.id(),
                value.purchase(),
                MoneyJson.of(value.amount()),
                value.byProvider(),
                value.status(),
                forAdmins ? value.reason() : null,
                forAdmins ? value.detail() : null,
                forAdmins ? value.by() : null,
                value.createdAt(),
                value.settledAt());
    }
}
