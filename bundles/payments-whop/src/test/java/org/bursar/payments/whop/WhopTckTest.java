package org.bursar.payments.whop;

import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.tck.GatewayTck;
import org.bursar.payments.tck.ProviderStub;

class WhopTckTest extends GatewayTck {
    @Override
    protected PaymentGateway gateway() {
        return new WhopGateway();
    }

    @Override
    protected ProviderStub provider() {
        return new WhopStub();
    }
}
