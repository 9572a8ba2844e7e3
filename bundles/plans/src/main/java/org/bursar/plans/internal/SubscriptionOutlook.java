package org.bursar.plans.internal;

import java.util.Optional;
import org.bursar.credits.Renewals;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What subscriptions are going to take from wallets. */
@Component(service = Renewals.class)
public final class SubscriptionOutlook implements Renewals {
    private final Subscriptions subscriptions;

    @Activate
    public SubscriptionOutlook(@Reference Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public boolean over(Scope scope, CustomerId customer) {
        return subscriptions
                .find(scope, customer)
                .filter(SubscriptionOutlook::over)
                .isPresent();
    }

    /** One that the renewal itself has locked, for want of money, goes on when there is money. */
    private static boolean over(Subscription subscription) {
        return subscription.status() == SubscriptionStatus.CANCELLED
                || subscription.status() == SubscriptionStatus.LOCKED
                        && subscription.lock().filter(Subscription.Lock::unpaid).isEmpty();
    }

    /** A provider brings what the renewal takes: nobody else is to be charged for it, unless the provider fails to. */
    private boolean collected(Scope scope, CustomerId customer) {
        return subscriptions
                .find(scope, customer)
                .filter(subscription -> subscription.status() == SubscriptionStatus.ACTIVE)
                .flatMap(Subscription::collection)
                .filter(collection -> !collection.failing())
                .isPresent();
    }

    @Override
    public Optional<Due> next(Scope scope, CustomerId customer) {
        return subscriptions
                .nextRenewal(scope, customer)
                .filter(renewal -> !collected(scope, customer))
                .map(renewal -> new Due(renewal.due(), renewal.cost().amount()));
    }
}
