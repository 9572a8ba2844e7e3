package org.bursar.payments.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Facet: money can be given back through the provider. */
@ConsumerType
public interface Refunds {
    /**
     * Refunds. The same key refunds once. {@link OperationResult.Pending} is normal: what became of it, {@link
     * PaymentGateway#fetch} shows.
     *
     * @param amount at most what was captured less what was refunded; less than that only with
     *     {@link GatewayDescriptor.Feature#PARTIAL_REFUND}
     * @param key the same for each repetition of this refund
     * @param reason in a person's words, for the provider's records
     * @return {@link OperationResult.Declined} when the provider refuses for good, such as for more than is left
     * @throws GatewayException {@link GatewayException.Kind#OUTCOME_UNKNOWN} as soon as the refund may have been made
     */
    OperationResult refund(GatewayContext context, PaymentRef ref, Money amount, IdempotencyKey key, String reason)
            throws GatewayException;
}
