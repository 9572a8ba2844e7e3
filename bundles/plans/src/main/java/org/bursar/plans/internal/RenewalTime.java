package org.bursar.plans.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bursar.database.Database;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
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

    /**
     * Who was made while a sandbox's clock stood still is renewed at one instant with all the others that were. They are taken some at a
     * time, so that a request that moves the clock comes to its end.
     */
    private static final long A_WHILE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Database database;
    private final TenantClocks clocks;
    private final RenewalJob renewals;
    private final SubscriptionMapper sql;

    @Activate
    public RenewalTime(@Reference Database database, @Reference TenantClocks clocks, @Reference RenewalJob renewals) {
        this.database = database;
        this.clocks = clocks;
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
        return next(scope).stream().map(SubscriptionRow::paidUntil).findFirst();
    }

    @Override
    public void due(Scope scope) {
        long start = System.nanoTime();
        Instant now = clocks.of(scope.tenant()).instant();
        for (SubscriptionRow row : next(scope)) {
            if (row.paidUntil().isAfter(now)) {
                return;
            }
            renewals.renewQuietly(scope, row.customerId());
            if (System.nanoTime() - start > A_WHILE_NANOS) {
                return;
            }
        }
    }

    /** The first of those that can be renewed when their time comes, the earliest first. */
    private List<SubscriptionRow> next(Scope scope) {
        return database.transact(scope, () -> {
            Instant time = Instant.EPOCH;
            UUID customer = BEFORE_ALL;
            while (true) {
                List<SubscriptionRow> page = sql.upcoming(scope.tenant(), time, customer, PAGE);
                List<SubscriptionRow> due = renewals.payable(scope, renewals.served(scope, page));
                if (!due.isEmpty() || page.size() < PAGE) {
                    return due;
                }
                SubscriptionRow last = page.get(PAGE - 1);
                time = last.paidUntil();
                customer = last.customerId().uuid();
            }
        });
    }
}
