package org.bursar.payments.tck;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The 43 cases that every gateway must show. Extend this class in a test, give it a gateway and a stub of the provider:
 *
 * <pre>{@code
 * class MyGatewayTckTest extends GatewayTck {
 *     protected PaymentGateway gateway() { return new MyGateway(); }
 *     protected ProviderStub provider() { return new MyStub(); }
 * }
 * }</pre>
 *
 * <p>A case, or a part of one, is left out only where the gateway does not claim the ability (no facet, no feature) or the
 * provider has none ({@link UnsupportedOperationException} from the stub); the report says which and why.
 */
@TestMethodOrder(CaseOrder.class)
@DisplayNameGeneration(CaseOrder.class)
public abstract class GatewayTck extends BundleCases {}
