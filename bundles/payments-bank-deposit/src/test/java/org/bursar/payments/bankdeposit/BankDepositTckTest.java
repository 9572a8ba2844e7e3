package org.bursar.payments.bankdeposit;

import java.util.Map;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.tck.GatewayTck;
import org.bursar.payments.tck.ProviderStub;

/** What of the contract holds for a gateway that has no provider: people decide. */
class BankDepositTckTest extends GatewayTck {
    @Override
    protected PaymentGateway gateway() {
        return new BankDeposit();
    }

    @Override
    protected ProviderStub provider() {
        return ProviderStub.none(
                Map.of("accountHolder", "Harborlight AI", "accountNumber", "004417", "bank", "First Harbor"),
                Map.of("accountHolder", "Meridian Labs", "accountNumber", "998210"));
    }
}
