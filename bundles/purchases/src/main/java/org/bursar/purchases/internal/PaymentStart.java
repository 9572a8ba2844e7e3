package org.bursar.purchases.internal;

import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.purchases.internal.sql.IntentRow;
import org.jspecify.annotations.Nullable;

/** The call that starts a payment, as it was stored: a checkout for a payer, or a charge without one. */
interface PaymentStart {
    String CHECKOUT = "CHECKOUT";
    String CHARGE = "CHARGE";

    /**
     * What a gateway answered.
     *
     * @param decline why a charge without the payer was refused; null: it was not, or there is a payer
     */
    record Answer(CheckoutStart start, @Nullable Decline decline) {}

    @Nullable
    Answer ask(PaymentGateway gateway, CallContext context) throws GatewayException;

    static PaymentStart read(IntentRow intent) {
        if (intent.operation().equals(CHARGE)) {
            return StoredCharge.read(intent.intentKey(), intent.request());
        }
        StoredCheckout request = StoredCheckout.read(intent.intentKey(), intent.request());
        return (gateway, context) -> {
            CheckoutStart start = gateway.startCheckout(context, request);
            return start == null ? null : new Answer(start, null);
        };
    }
}
