package org.bursar.payments.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Facet: a payer's method is kept by the provider and can be charged without the payer, for top-ups and renewals. */
@ConsumerType
public interface SavedMethods {
    /**
     * Charges without the payer. The same key has the same outcome, a decline included: a gateway whose provider lets a declined
     * key be tried again looks for the first charge before it makes another.
     *
     * @param method as {@link PaymentSnapshot#savedMethod()} showed it
     * @param purchaseId goes into the provider's metadata, as with a checkout
     * @return {@link OperationResult.Declined} with {@link DeclineCode#AUTHENTICATION_REQUIRED} when the payer must confirm, and
     *     with {@link DeclineCode#METHOD_GONE} when there is no such method any more
     * @throws GatewayException with the kind that says whether anything happened
     */
    OperationResult charge(
            GatewayContext context, SavedMethodRef method, Money amount, String purchaseId, IdempotencyKey key)
            throws GatewayException;

    /**
     * Removes the method at the provider; one that is gone already is a success.
     *
     * @throws GatewayException with the kind that says whether anything happened
     */
    void forget(GatewayContext context, SavedMethodRef method) throws GatewayException;
}
