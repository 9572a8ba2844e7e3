package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.bursar.credits.LedgerEntry;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/** A row of {@code credits.entry}. */
public record EntryRow(
        CustomerId customer,
        long seq,
        BigDecimal amount,
        BigDecimal balanceAfter,
        int kind,
        @Nullable String reference,
        @Nullable String reason,
        UUID idempotencyKey,
        Instant createdAt) {
    /** As other capabilities see it. */
    public LedgerEntry entry() {
        return new LedgerEntry(customer, seq, amount, balanceAfter, Codes.kind(kind), reference, reason, createdAt);
    }
}
