package ${package};

import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.tck.GatewayTck;
import org.bursar.payments.tck.ProviderStub;

/** The contract that every gateway holds, shown against a stub of the provider. */
class ProviderGatewayTckTest extends GatewayTck {
    @Override
    protected PaymentGateway gateway() {
        return new ProviderGateway();
    }

    @Override
    protected ProviderStub provider() throws Exception {
        return new StubProvider();
    }
}
