package org.bursar.credits;

import java.math.BigDecimal;

/**
 * What a wallet holds.
 *
 * @param unit an ISO 4217 currency or the tenant's own credit
 * @param balance below zero is what the customer owes
 * @param held reserved by open holds
 * @param overdraft how far below zero guarded postings and holds may go
 */
public record Balance(String unit, BigDecimal balance, BigDecimal held, BigDecimal overdraft) {
    /** What can be spent without going into the overdraft: balance less held. */
    public BigDecimal available() {
        return balance.subtract(held);
    }

    /** Whether a hold or a guarded posting may take that much: available and overdraft together reach for it. */
    public boolean covers(BigDecimal amount) {
        return available().add(overdraft).compareTo(amount) >= 0;
    }
}
