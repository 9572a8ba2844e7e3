package org.bursar.payments.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Facet: no provider can be asked whether the money came; only people know, as with a bank deposit or cash.
 *
 * <p>What people do (the payer claims to have paid, an admin received exactly the price and names the evidence, or declines)
 * are facts that the platform stores, append-only and with who did it, and derives the state from in place of
 * {@link PaymentGateway#fetch}. So the facet has no method: a gateway that implements it is asked for
 * {@link PaymentGateway#startCheckout}, which answers {@link CheckoutStart#instructions}, and nothing of its code runs when a
 * person decides. Deposits can be approved even while the bundle is stopped.
 *
 * <p>Such a gateway's {@code fetch} throws {@link GatewayException.Kind#UNSUPPORTED}, {@code locate} answers an empty list
 * when starting a checkout leaves nothing behind anywhere, and {@code handleWebhook} rejects.
 */
@ConsumerType
public interface ManualDecision {}
