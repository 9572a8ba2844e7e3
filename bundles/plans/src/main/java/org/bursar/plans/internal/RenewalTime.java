package org.bursar.plans.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TimeFollower;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Renews a sandbox's subscriptions when its time comes to it. Whoever is past due and still has too little is not due; once there is
 * enough, the renewal is, at the instant that the clock shows then.
 */
@Component
public final class RenewalTime implements TimeFollower {
    private static final int AFTER_LOTS = 300;
    private static final int PAGE = 200;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final RenewalJob renewals;
    private final SubscriptionMapper sql;

    @Activate
    public RenewalTime(@Reference Database database, @Reference RenewalJob renewals) {
        this.database = database;
        this.renewals = renewals;
        this.sql = database.mapper("plans", SubscriptionMapper.class);
    }

    @Override
    public String name() {
        return renewals.name();
    }

    @Override
    public int order() {
        return AFTER_LOTS;
    }

    @Override
    public Optional<Instant> nextDue(Scope scope) {
        return database.transact(scope, () -> {
            Instant time = Instant.EPOCH;
            UUID customer = BEFORE_ALL;
            while (true) {
                List<SubscriptionRow> page = sql.upcoming(scope.tenant(), time, customer, PAGE);
                List<SubscriptionRow> due = renewals.payable(scope, renewals.served(scope, page));
                if (!due.isEmpty()) {
                    return Optional.of(due.get(0).paidUntil());
                }
                if (page.size() < PAGE) {
                    return Optional.empty();
                }
                SubscriptionRow last = page.get(PAGE - 1);
                time = last.paidUntil();
                customer = last.customerId().uuid();
            }
        });
    }

    @Override
    public void due(Scope scope) {
        renewals.renewAll(scope);
    }
}
