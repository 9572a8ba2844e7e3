package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Ledger;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.plans.internal.MinimumCycles.Due;
import org.bursar.plans.internal.sql.MinimumDueRow;
import org.bursar.plans.internal.sql.MinimumMapper;
import org.bursar.plans.internal.sql.MinimumRow;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges what an ended cycle's usage falls short of the minimum. The difference is owed like usage and posts in full, once for
 * its key. What is reported late is charged as ever; while it stays below the minimum as much of the difference is given back at
 * the next run, so usage and difference together are always the larger of the two.
 */
final class MinimumCharges {
    private static final Logger LOG = LoggerFactory.getLogger(MinimumCharges.class);
    private static final int PAGE = 200;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** Longer than usage may be late. */
    private static final Duration LATE = Duration.ofDays(40);

    private final Database database;
    private final Customers customers;
    private final Ledger ledger;
    private final TenantClocks clocks;
    private final SubscriptionMapper subscriptions;
    private final MinimumMapper sql;

    MinimumCharges(Database database, Customers customers, Ledger ledger, TenantClocks clocks) {
        this.database = database;
        this.customers = customers;
        this.ledger = ledger;
        this.clocks = clocks;
        this.subscriptions = database.mapper("plans", SubscriptionMapper.class);
        this.sql = database.mapper("plans", MinimumMapper.class);
    }

    /** Settles every cycle that has ended, and settles again where late usage came since; a transaction a customer. */
    void run(Scope scope) {
        UUID after = null;
        List<CustomerId> due;
        do {
            UUID from = after;
            due = database.transact(
                    scope,
                    () -> sql.due(scope.tenant(), clocks.of(scope.tenant()).instant(), from, PAGE));
            for (CustomerId customer : existing(scope, due)) {
                quietly(scope, customer, () -> settleNow(scope, customer));
            }
            after = due.isEmpty() ? null : due.get(due.size() - 1).uuid();
        } while (due.size() == PAGE);
        Instant since = clocks.of(scope.tenant()).instant().minus(LATE);
        List<MinimumRow> changed = database.transact(scope, () -> sql.changed(scope.tenant(), since, PAGE));
        Set<CustomerId> there =
                existing(scope, changed.stream().map(MinimumRow::customerId).toList());
        for (MinimumRow row : changed) {
            if (there.contains(row.customerId())) {
                quietly(scope, row.customerId(), () -> settleAgain(scope, row));
            }
        }
    }

    /** When {@link #run} has something to do: at once where late usage came, else when the first cycle of a minimum ends. */
    Optional<Instant> nextDue(Scope scope) {
        return database.transact(scope, () -> {
            Instant now = clocks.of(scope.tenant()).instant();
            List<MinimumRow> changed = sql.changed(scope.tenant(), now.minus(LATE), PAGE);
            if (!existing(scope, changed.stream().map(MinimumRow::customerId).toList())
                    .isEmpty()) {
                return Optional.of(now);
            }
            Instant time = Instant.EPOCH;
            UUID customer = BEFORE_ALL;
            while (true) {
                List<MinimumDueRow> page = sql.upcoming(scope.tenant(), time, customer, PAGE);
                Set<CustomerId> there = existing(
                        scope, page.stream().map(MinimumDueRow::customerId).toList());
                Optional<Instant> first = page.stream()
                        .filter(row -> there.contains(row.customerId()))
                        .map(MinimumDueRow::minimumDue)
                        .findFirst();
                if (first.isPresent() || page.size() < PAGE) {
                    return first;
                }
                time = page.get(PAGE - 1).minimumDue();
                customer = page.get(PAGE - 1).customerId().uuid();
            }
        });
    }

    private Set<CustomerId> existing(Scope scope, List<CustomerId> ids) {
        return ids.isEmpty() ? Set.of() : new HashSet<>(database.transact(scope, () -> customers.existing(scope, ids)));
    }

    private void quietly(Scope scope, CustomerId customer, Runnable work) {
        try {
            database.run(scope, work);
        } catch (DatabaseException e) {
            if (e.unavailable()) {
                throw e;
            }
            LOG.error("minimum not settled tenant={} customer={}", scope.tenant(), customer, e);
        } catch (RuntimeException e) {
            LOG.error("minimum not settled tenant={} customer={}", scope.tenant(), customer, e);
        }
    }

    private void settleNow(Scope scope, CustomerId customer) {
        if (subscriptions.lock(scope.tenant(), customer).isPresent()) {
            settle(
                    scope,
                    subscriptions.find(scope.tenant(), customer).orElseThrow(),
                    clocks.of(scope.tenant()).instant());
        }
    }

    /** Settles the cycles of a subscription, whose row is locked, that had ended at an instant. */
    void settle(Scope scope, SubscriptionRow row, Instant upTo) {
        Instant due = row.minimumDue();
        if (due == null || due.isAfter(upTo)) {
            return;
        }
        TenantId tenant = scope.tenant();
        MinimumCycles cycles = new MinimumCycles(
                subscriptions.terms(tenant, new UUID[] {row.customerId().uuid()}));
        Optional<Instant> from = sql.settledUntil(tenant, row.customerId()).or(cycles::first);
        if (from.isEmpty()) {
            sql.next(tenant, row.customerId(), null);
            return;
        }
        for (Due ended : cycles.ended(from.get(), upTo)) {
            if (ended.minimum().signum() > 0) {
                settle(scope, row, ended);
            }
        }
        sql.next(tenant, row.customerId(), cycles.next(upTo).orElse(null));
    }

    private void settle(Scope scope, SubscriptionRow row, Due ended) {
        BigDecimal charged = sql.charged(scope.tenant(), row.customerId(), ended.from());
        BigDecimal missing = ended.missing(charged);
        MinimumRow settled = new MinimumRow(row.customerId(), ended.from(), ended.to(), ended.minimum(), missing, 1);
        if (sql.insert(
                        scope.tenant(),
                        settled,
                        charged,
                        clocks.of(scope.tenant()).instant())
                > 0) {
            post(scope, row, settled, missing.negate(), charged);
        }
    }

    private void settleAgain(Scope scope, MinimumRow changed) {
        TenantId tenant = scope.tenant();
        subscriptions.lock(tenant, changed.customerId());
        SubscriptionRow row = subscriptions.find(tenant, changed.customerId()).orElseThrow();
        MinimumRow before =
                sql.lock(tenant, changed.customerId(), changed.cycleFrom()).orElseThrow();
        BigDecimal charged = sql.charged(tenant, before.customerId(), before.cycleFrom());
        BigDecimal missing = Due.missing(before.minimum(), charged);
        MinimumRow after = new MinimumRow(
                before.customerId(),
                before.cycleFrom(),
                before.cycleTo(),
                before.minimum(),
                missing,
                before.postings() + 1);
        sql.update(tenant, after, charged, clocks.of(scope.tenant()).instant());
        post(scope, row, after, before.posted().subtract(missing), charged);
    }

    private void post(Scope scope, SubscriptionRow row, MinimumRow settled, BigDecimal amount, BigDecimal charged) {
        if (amount.signum() == 0) {
            return;
        }
        Posting posting = new Posting(
                row.customerId(),
                amount,
                EntryKind.RENEWAL,
                Optional.of(row.subscriptionId().toString()),
                Optional.of("Minimum " + Decimals.text(settled.minimum()) + " of " + settled.cycleFrom() + " to "
                        + settled.cycleTo() + ", usage " + Decimals.text(charged)),
                DerivedKey.of("minimum " + row.subscriptionId() + ' ' + settled.cycleFrom() + ' ' + settled.postings()),
                false);
        if (!(ledger.post(scope, List.of(posting)).get(0) instanceof PostResult.Posted)) {
            throw new IllegalStateException("a subscription whose customer has no wallet: " + row.subscriptionId());
        }
    }
}
