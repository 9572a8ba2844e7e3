package org.bursar.payments.stripe;

import org.bursar.payments.spi.PaymentRef;

/** Which of Stripe's objects a reference means, in Stripe's own words. */
final class Refs {
    static final String SESSION = "checkout.session";
    static final String INTENT = "payment_intent";
    static final String INVOICE = "invoice";
    static final String SUBSCRIPTION = "subscription";
    /** A method that was gone when it was to be charged: nothing was made, so nothing is to be fetched. */
    static final String METHOD = "payment_method";

    private Refs() {}

    static PaymentRef session(String id) {
        return PaymentRef.of(SESSION, id);
    }

    static PaymentRef intent(String id) {
        return PaymentRef.of(INTENT, id);
    }
}
