package org.bursar.payments.spi;

/** Why a provider refused a payment, in words that are the same for all. What fits nowhere is {@link #OTHER}. */
public enum DeclineCode {
    INSUFFICIENT_FUNDS,
    CARD_DECLINED,
    EXPIRED_METHOD,
    /** The payer must confirm; without the payer the charge cannot go on. */
    AUTHENTICATION_REQUIRED,
    FRAUD_BLOCKED,
    /** The saved method is no longer there. */
    METHOD_GONE,
    LIMIT,
    PROVIDER_REFUSED,
    OTHER
}
