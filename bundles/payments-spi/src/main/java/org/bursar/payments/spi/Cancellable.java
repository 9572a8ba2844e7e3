package org.bursar.payments.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Facet: an open checkout can be stopped. */
@ConsumerType
public interface Cancellable {
    /**
     * Stops an open checkout, so that it can no longer be paid. One that has ended already is no error.
     *
     * @return {@link PaymentSnapshot.Phase#CANCELLED}, or the state that won the race
     * @throws GatewayException with the kind that says whether anything happened
     */
    PaymentSnapshot cancel(GatewayContext context, PaymentRef ref, IdempotencyKey key) throws GatewayException;
}
