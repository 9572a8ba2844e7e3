package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Lot;
import org.jspecify.annotations.Nullable;

/** A lot as it travels. */
@Schema(name = "Lot")
record LotJson(
        @Schema(description = "the number of the entry that added it")
        long seq,

        @Schema(
                type = "string",
                allowableValues = {
                    "purchase",
                    "usage",
                    "settlement",
                    "adjustment",
                    "renewal",
                    "proration",
                    "expiry",
                    "refund",
                    "dispute",
                    "plan_allowance"
                })
        EntryKind kind,

        @Schema(description = "the id of what caused it") @Nullable
        String reference,

        @Schema(type = "string", example = "100.00") BigDecimal granted,

        @Schema(type = "string", example = "38.50", description = "what is left of it")
        BigDecimal remaining,

        @Schema(type = "string", example = "0.00", description = "what was taken back when its time had run out")
        BigDecimal expired,

        @Schema(description = "the smaller is spent before the larger")
        int priority,

        @Schema(description = "null when it never expires") @Nullable
        Instant expiresAt,

        Instant createdAt) {
    static LotJson of(Lot lot) {
        return new LotJson(
                lot.seq(),
                lot.kind(),
                lot.reference(),
                lot.granted(),
                lot.remaining(),
                lot.expired(),
                lot.priority(),
                lot.expiresAt(),
                lot.createdAt());
    }
}
