package org.bursar.customers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/** Whose subscriptions are in which state, so that customers are counted by standing without looking at each. */
@ConsumerType
public interface SubscriptionStates {
    /**
     * Customers by the state of their subscription, which is named as the fact {@code subscriptionStatus} names it. Whoever has no
     * subscription is in none. One look at an index for each state, however many customers there are.
     *
     * @param states the states that are asked for
     * @param most how many of each at most, those with the smallest ids
     */
    Map<String, List<CustomerId>> customers(Scope scope, Set<String> states, int most);
}
