package org.bursar.credits;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * One line of a wallet's ledger; it is never changed.
 *
 * @param seq 1, 2, 3 … without a gap in each wallet
 * @param amount signed
 * @param balanceAfter the balance once it was posted
 */
public record LedgerEntry(
        CustomerId customer,
        long seq,
        BigDecimal amount,
        BigDecimal balanceAfter,
        EntryKind kind,
        @Nullable String reference,
        @Nullable String reason,
        Instant createdAt) {}
