package org.bursar.plans.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.Subscription;
import org.bursar.plans.Subscriptions;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;

/** A command about one customer's subscription. */
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes a command
abstract class SubscriptionCommand extends TenantCommand {
    @Reference
    Subscriptions subscriptions;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    String customer;

    final CustomerId customer() {
        return customer(customer);
    }

    final void show(Subscription subscription) {
        show(new Listing("id", "plan", "version", "status", "from", "to", "paidUntil", "lockedBy", "lockReason")
                .row(
                        subscription.id(),
                        subscription.planKey(),
                        subscription.planVersion(),
                        subscription.status(),
                        subscription.cycleFrom(),
                        subscription.cycleTo(),
                        subscription.paidUntil(),
                        subscription.lock().map(Subscription.Lock::by).orElse(null),
                        subscription.lock().map(Subscription.Lock::reason).orElse(null)));
    }
}
