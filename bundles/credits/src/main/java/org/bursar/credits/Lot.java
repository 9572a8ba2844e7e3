package org.bursar.credits;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one positive entry added to a wallet, and what became of it. What is neither left nor expired was spent, or paid
 * for what the customer owed when it was granted.
 *
 * @param seq the number of its entry
 * @param kind its entry's kind
 * @param reference its entry's reference, such as a purchase's id
 * @param granted the amount of its entry
 * @param remaining what is left of it
 * @param expired what was taken back when its time had run out
 */
public record Lot(
        long seq,
        EntryKind kind,
        @Nullable String reference,
        BigDecimal granted,
        BigDecimal remaining,
        BigDecimal expired,
        int priority,
        @Nullable Instant expiresAt,
        Instant createdAt) {
    /** Whether its time has run out. */
    public boolean overdue(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
