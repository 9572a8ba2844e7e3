package org.bursar.plans;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SubscriptionId;

/**
 * What a customer subscribed to.
 *
 * @param planVersion the version whose terms hold
 * @param limits what the plan allows, with what add-ons raise
 * @param addOns by key
 * @param monthlyRecurringCost the plan's price for a month and all add-ons; a twelfth of a yearly plan's price is rounded half even
 *     to the digits of the currency, or the 6 places of a credit; nothing of one that has ended
 * @param cycleFrom where the present cycle began
 * @param cycleTo where the next begins
 * @param paidUntil the end of the last cycle that was paid or free, or of the trial; before {@code cycleTo} when past due
 * @param lock who stopped the service, and why; by {@code system} when the days of grace were over
 * @param pendingPlan the key of the plan that takes over when the cycle ends
 * @param cancelAtEnd whether it ends with the cycle
 * @param collection how a payment provider collects the price of each cycle; empty: it is the wallet's own
 * @param version counts changes; the ETag
 */
public record Subscription(
        SubscriptionId id,
        CustomerId customer,
        PlanId plan,
        String planKey,
        String planName,
        int planVersion,
        Price price,
        BillingCycle cycle,
        Limits limits,
        List<SubscribedAddOn> addOns,
        Price monthlyRecurringCost,
        SubscriptionStatus status,
        Instant cycleFrom,
        Instant cycleTo,
        Instant paidUntil,
        Optional<Lock> lock,
        Optional<String> pendingPlan,
        boolean cancelAtEnd,
        Instant startedAt,
        Optional<Instant> cancelledAt,
        Optional<Collection> collection,
        long version) {

    public Subscription {
        addOns = List.copyOf(addOns);
    }

    /**
     * A payment provider charges the price of each cycle, and the wallet gets it.
     *
     * @param purchase in which the plan was taken
     * @param failing whether its last charge failed
     */
    public record Collection(PurchaseId purchase, boolean failing) {}

    /**
     * Who stopped the service, when and why.
     *
     * @param unpaid whether the renewal did, for want of money, and undoes it once there is some; false: a person did
     */
    public record Lock(Instant at, String by, String reason, boolean unpaid) {}
}
