package org.bursar.purchases;

/** How far a purchase is. */
public enum PurchaseState {
    /** Stored; the gateway was not asked yet, or what became of asking is not known. */
    CREATED,
    AWAITING_PAYMENT,
    UNDER_REVIEW,
    /** Paid: the credit is in the wallet. */
    APPROVED,
    DECLINED,
    CANCELLED,
    /** Not paid in time; money that comes late still counts. */
    EXPIRED,
    PARTIALLY_REFUNDED,
    REFUNDED,
    DISPUTED;

    /** Whether money was captured, whatever became of it later. */
    public boolean captured() {
        return this == APPROVED || this == PARTIALLY_REFUNDED || this == REFUNDED || this == DISPUTED;
    }
}
