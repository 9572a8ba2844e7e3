package org.bursar.payments.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Facet: an open checkout can be stopped. */
@ConsumerType
public interface Cancellable {
    /** Stops an open checkout. The answer is {@link PaymentSnapshot.Phase#CANCELLED}, or the state that won the race. */
    PaymentSnapshot cancel(GatewayContext context, PaymentRef ref, IdempotencyKey key) throws GatewayException;
}
