package org.bursar.payments.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Facet: the provider itself renews subscriptions, and they can be ended. */
@ConsumerType
public interface SubscriptionControl {
    /**
     * Ends a subscription.
     *
     * @param atPeriodEnd true: the period that was paid runs out; false: at once
     */
    PaymentSnapshot cancelSubscription(
            GatewayContext context, PaymentRef subscription, boolean atPeriodEnd, IdempotencyKey key)
            throws GatewayException;
}
