package org.bursar.plans.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * enough, the renewal is, at the instant that the clock shows then; and when the days of grace are over, that is due.
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
        Next next = next(scope);
        return Stream.concat(
                        next.renewable().stream().limit(1).map(SubscriptionRow::paidUntil), next.stopped().stream())
                .min(Comparator.naturalOrder());
    }

    @Override
    public void due(Scope scope) {
        long start = System.nanoTime();
        Instant now = clocks.of(scope.tenant()).instant();
        for (SubscriptionRow row : next(scope).renewable()) {
            if (row.paidUntil().isAfter(now)) {
                return;
            }
            renewals.renewQuietly(scope, row.customerId());
            if (System.nanoTime() - start > A_WHILE_NANOS) {
                return;
            }
        }
    }

    /**
     * What comes next.
     *
     * @param renewable the first of those that can be renewed when their time comes, or are not served from now on, the earliest first
     * @param stopped when the first of those that cannot be renewed is not served any longer
     */
    private record Next(List<SubscriptionRow> renewable, Optional<Instant> stopped) {}

    private Next next(Scope scope) {
        return database.transact(scope, () -> {
            Instant time = Instant.EPOCH;
            UUID customer = BEFORE_ALL;
            Optional<Instant> stopped = Optional.empty();
            while (true) {
                List<SubscriptionRow> page = sql.upcoming(scope.tenant(), time, customer, PAGE);
                List<SubscriptionRow> served = renewals.served(scope, page);
                List<SubscriptionRow> due = renewals.payable(scope, served);
                Set<SubscriptionRow> payable = new HashSet<>(due);
                stopped = Stream.concat(
                                stopped.stream(),
                                served.stream()
                                        .filter(row -> !payable.contains(row))
                                        .flatMap(row -> RenewalJob.graceEnd(row).stream()))
                        .min(Comparator.naturalOrder());
                if (!due.isEmpty() || page.size() < PAGE) {
                    return new Next(due, stopped);
                }
                SubscriptionRow last = page.get(PAGE - 1);
                time = last.paidUntil();
                customer = last.customerId().uuid();
            }
        });
    }
}
