package org.bursar.payments.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Facet: a payer's method is kept by the provider and can be charged without the payer, for top-ups and renewals. */
@ConsumerType
public interface SavedMethods {
    /** Charges without the payer. The same key has the same outcome, a decline included. */
    OperationResult charge(
            GatewayContext context, SavedMethodRef method, Money amount, String purchaseId, IdempotencyKey key)
            throws GatewayException;

    /** Removes the method at the provider; one that is gone already is a success. */
    void forget(GatewayContext context, SavedMethodRef method) throws GatewayException;
}
