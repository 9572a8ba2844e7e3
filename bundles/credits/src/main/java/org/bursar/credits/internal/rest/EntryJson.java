package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.EntryKind;
import org.bursar.credits.LedgerEntry;
import org.jspecify.annotations.Nullable;

/** A ledger entry as it travels. */
@Schema(name = "LedgerEntry")
record EntryJson(
        @Schema(description = "1, 2, 3 … without a gap") long seq,

        @Schema(type = "string", example = "-8.50", description = "added when positive, taken when negative")
        BigDecimal amount,

        @Schema(type = "string", example = "491.50") BigDecimal balanceAfter,

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

        @Schema(description = "in a person's words") @Nullable
        String reason,

        Instant createdAt) {
    static EntryJson of(LedgerEntry entry) {
        return new EntryJson(
                entry.seq(),
                entry.amount(),
                entry.balanceAfter(),
                entry.kind(),
                entry.reference(),
                entry.reason(),
                entry.createdAt());
    }
}
