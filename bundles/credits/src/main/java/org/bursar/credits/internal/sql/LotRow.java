package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.credits.Lot;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/** A row of {@code credits.lot}. */
public record LotRow(
        CustomerId customer,
        long seq,
        int kind,
        @Nullable String reference,
        BigDecimal granted,
        BigDecimal remaining,
        BigDecimal expired,
        int priority,
        @Nullable Instant expiresAt,
        Instant createdAt) {
    /** As other capabilities see it, with what is left as the row says. */
    public Lot lot() {
        return new Lot(seq, Codes.kind(kind), reference, granted, remaining, expired, priority, expiresAt, createdAt);
    }
}
