package org.bursar.plans.internal;

import java.util.List;
import java.util.OptionalInt;
import org.bursar.plans.Limit;
import org.bursar.plans.Limits;
import org.bursar.plans.SubscribedAddOn;

/** How much a customer may have at once: what the plan allows, and what add-ons raise it by. */
final class Allowance {
    private Allowance() {}

    /**
     * The size of a limit. What the plan does not limit stays without one, whatever add-ons there are.
     *
     * @param raised zero or more
     */
    static OptionalInt size(OptionalInt plan, long raised) {
        return plan.isEmpty()
                ? plan
                : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, Math.addExact((long) plan.getAsInt(), raised)));
    }

    /** A plan's limits with what these add-ons raise. */
    static Limits of(Limits plan, List<SubscribedAddOn> addOns) {
        return new Limits(
                size(plan.users(), raised(addOns, Limit.USERS)),
                size(plan.concurrency(), raised(addOns, Limit.CONCURRENCY)),
                size(plan.requestsPerMinute(), raised(addOns, Limit.REQUESTS_PER_MINUTE)));
    }

    private static long raised(List<SubscribedAddOn> addOns, Limit limit) {
        return addOns.stream()
                .filter(addOn -> addOn.terms().limit().filter(limit::equals).isPresent())
                .mapToLong(addOn -> (long) addOn.quantity() * addOn.terms().raisesBy())
                .sum();
    }
}
