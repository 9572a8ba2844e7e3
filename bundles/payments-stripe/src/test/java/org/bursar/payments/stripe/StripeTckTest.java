package org.bursar.payments.stripe;

import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.tck.GatewayTck;
import org.bursar.payments.tck.ProviderStub;

/** The contract of every gateway, against our Stripe. */
class StripeTckTest extends GatewayTck {
    @Override
    protected PaymentGateway gateway() {
        return new StripeGateway();
    }

    @Override
    protected ProviderStub provider() {
        return new StripeStub();
    }
}
