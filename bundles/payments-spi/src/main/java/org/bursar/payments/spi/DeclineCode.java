package org.bursar.payments.spi;

/** Why a provider refused a payment, in words that are the same for all. What fits nowhere is {@link #OTHER}. */
public enum DeclineCode {
    /** The account behind the method has too little. */
    INSUFFICIENT_FUNDS,
    /** The bank refuses and does not say why. */
    CARD_DECLINED,
    /** The card or mandate is past its date. */
    EXPIRED_METHOD,
    /** The payer must confirm; without the payer the charge cannot go on. */
    AUTHENTICATION_REQUIRED,
    /** Taken for fraud, by the provider or the bank; do not show the payer more than a refusal. */
    FRAUD_BLOCKED,
    /** The saved method is no longer there. */
    METHOD_GONE,
    /** Above a limit of the payer's, the account's or the provider's. */
    LIMIT,
    /** The provider itself refuses, such as for the country or the trade. */
    PROVIDER_REFUSED,
    /** Anything else. */
    OTHER
}
