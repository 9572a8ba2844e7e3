package org.bursar.customers;

import java.util.List;
import java.util.Map;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whose subscriptions are in which state, so that customers are counted by standing without looking at each. What it costs is bound by
 * how many are asked for, however many customers there are.
 */
@ConsumerType
public interface SubscriptionStates {
    /**
     * The customers whose subscription is in another state than active, by that state, which is named as the fact {@code
     * subscriptionStatus} names it: {@code trialing}, {@code past_due}, {@code cancelled} and {@code locked}.
     *
     * @param most how many of each at most, those with the smallest ids
     */
    Map<String, List<CustomerId>> restricted(Scope scope, int most);

    /**
     * Customers whose subscription is active. There may be more than these even where these are fewer than were asked for: they are
     * looked for among some thousands of subscriptions alone.
     */
    List<CustomerId> active(Scope scope, int most);
}
