package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.PurchaseDispute;

/** A dispute as JSON. */
record DisputeJson(
        @Schema(description = "the provider's") String id,
        @Schema(types = "string") PurchaseId purchase,
        @Schema(example = "PUR-10482") String number,
        @Schema(types = "string") CustomerId customer,
        PurchaseDispute.Status status,
        MoneyJson amount,
        Instant openedAt,
        Instant updatedAt) {
    static DisputeJson of(PurchaseDispute value) {
        return new DisputeJson(
                value.id(),
                value.purchase(),
                value.number(),
                value.customer(),
                value.status(),
                MoneyJson.of(value.amount()),
                value.openedAt(),
                value.updatedAt());
    }
}
