package org.bursar.payments.spi;

import java.time.Period;
import org.osgi.annotation.versioning.ConsumerType;

/** Facet: the provider itself renews subscriptions, and they can be ended. */
@ConsumerType
public interface SubscriptionControl {
    /**
     * Ends a subscription. One that has ended already is a success.
     *
     * @param subscription as {@link PaymentSnapshot#subscription()} showed it
     * @param atPeriodEnd true: the period that was paid runs out; false: at once
     */
    PaymentSnapshot cancelSubscription(
            GatewayContext context, PaymentRef subscription, boolean atPeriodEnd, IdempotencyKey key)
            throws GatewayException;

    /**
     * The present truth about a subscription: read-only, strongly consistent reads alone, every page of its payments. The platform
     * looks here for periods whose webhooks were lost, and never renews a plan for anything else; so plans are not offered through a
     * gateway that leaves this method as it is.
     *
     * @param subscription as {@link PaymentSnapshot#subscription()} showed it, or the payment that began it
     * @throws GatewayException {@link GatewayException.Kind#NOT_FOUND} when the payment began none; {@link
     *     GatewayException.Kind#UNSUPPORTED} from a gateway of before version 1.1 of this package
     */
    default SubscriptionSnapshot subscription(GatewayContext context, PaymentRef subscription) throws GatewayException {
        throw new GatewayException(
                GatewayException.Kind.UNSUPPORTED, "the gateway does not show the periods of subscriptions");
    }

    /**
     * How far apart the provider's charges really are for a plan of this cycle. One that counts days answers days, and people are told
     * so before they pay. In the long run it must not charge more rarely than was asked for, or plans would stay unpaid; what it
     * charges more often is the payer's credit. No I/O, and the same answer for the life of the service.
     *
     * @param interval as in {@link CheckoutRequest#interval()}
     * @return the interval itself, where the provider knows months and years
     */
    default Period charges(Period interval) {
        return interval;
    }
}
