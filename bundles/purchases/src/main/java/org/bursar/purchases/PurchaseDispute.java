package org.bursar.purchases;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;

/**
 * A dispute that a provider shows.
 *
 * @param id the provider's
 * @param number the purchase's
 * @param openedAt when it was seen first
 */
public record PurchaseDispute(
        String id,
        PurchaseId purchase,
        String number,
        CustomerId customer,
        Status status,
        Money amount,
        Instant openedAt,
        Instant updatedAt) {
    /** How far it is. */
    public enum Status {
        /** A question by the bank: no money moved, no credit either. */
        INQUIRY,
        /** The money was taken back for the time being, and so was the credit. */
        OPEN,
        /** The money came back, and the credit with it. */
        WON,
        LOST,
        /** Ended without a decision; the money is where it was. */
        CLOSED,
        UNKNOWN
    }
}
