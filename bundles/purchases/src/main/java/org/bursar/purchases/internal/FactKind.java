package org.bursar.purchases.internal;

import org.bursar.purchases.PurchaseState;

/** What can happen to a purchase, and the state that it argues for. */
public enum FactKind {
    /** The gateway told what the payer does next. */
    CHECKOUT_STARTED(PurchaseState.AWAITING_PAYMENT),
    /** It is proven that the gateway did nothing. */
    CHECKOUT_FAILED(PurchaseState.CANCELLED),
    /** The payer says that the money was sent. */
    CLAIMED(PurchaseState.UNDER_REVIEW),
    /** An admin found exactly the price. */
    RECEIVED(PurchaseState.APPROVED),
    DECLINED(PurchaseState.DECLINED),
    CANCELLED(PurchaseState.CANCELLED),
    /** Nothing came in time. */
    EXPIRED(PurchaseState.EXPIRED);

    private final PurchaseState state;

    FactKind(PurchaseState state) {
        this.state = state;
    }

    PurchaseState state() {
        return state;
    }
}
