package org.bursar.payments.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Facet: money can be given back through the provider. */
@ConsumerType
public interface Refunds {
    /**
     * Refunds. The same key refunds once. {@link OperationResult.Pending} is normal.
     *
     * @param amount at most what was captured less what was refunded; less than that only with
     *     {@link GatewayDescriptor.Feature#PARTIAL_REFUND}
     * @param reason in a person's words, for the provider's records
     */
    OperationResult refund(GatewayContext context, PaymentRef ref, Money amount, IdempotencyKey key, String reason)
            throws GatewayException;
}
