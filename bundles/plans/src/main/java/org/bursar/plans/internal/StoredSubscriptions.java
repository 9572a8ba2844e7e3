package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.Ledger;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.Customers;
import org.bursar.customers.CustomersProblems;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.AddOn;
import org.bursar.plans.Limits;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.Overrides;
import org.bursar.plans.PlanPreview;
import org.bursar.plans.Price;
import org.bursar.plans.Renewal;
import org.bursar.plans.SubscribedAddOn;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions;
import org.bursar.plans.UsageCycle;
import org.bursar.plans.internal.Cycles.Cycle;
import org.bursar.plans.internal.SubscriptionAddOns.Change;
import org.bursar.plans.internal.sql.CounterMapper;
import org.bursar.plans.internal.sql.CounterRow;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.tenancy.Tenants;
import org.bursar.webhooks.Announcements;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Subscriptions in {@code plans.subscription}, usage cycles in {@code plans.usage_cycle}. */
@Component
public final class StoredSubscriptions implements Subscriptions {
    private static final int LONGEST_REASON = 500;

    private final Database database;
    private final Customers customers;
    private final Audit audit;
    private final AccessMemory access;
    private final TenantClocks clocks;
    private final PlanChoice choice;
    private final SubscriptionAddOns addOns;
    private final OwnVersions own;
    private final PlanChanges changes;
    private final CycleUsage usage;
    private final SubscriptionNews news;
    private final MrrMovements movements;
    private final SubscriptionMapper sql;
    private final CounterMapper counters;

    @Activate
    public StoredSubscriptions(
            @Reference Database database,
            @Reference Tenants tenants,
            @Reference Customers customers,
            @Reference Audit audit,
            @Reference TenantClocks clocks,
            @Reference AccessMemory access,
            @Reference Ledger ledger,
            @Reference Announcements announcements) {
        this.database = database;
        this.customers = customers;
        this.audit = audit;
        this.access = access;
        this.clocks = clocks;
        this.choice = new PlanChoice(database, tenants, clocks, access, ledger);
        this.addOns = new SubscriptionAddOns(database, clocks);
        this.own = new OwnVersions(database, tenants);
        this.changes = new PlanChanges(database, ledger, clocks, choice, addOns, own);
        this.usage = new CycleUsage(database);
        this.news = new SubscriptionNews(announcements);
        this.movements = new MrrMovements(database, clocks);
        this.sql = database.mapper("plans", SubscriptionMapper.class);
        this.counters = database.mapper("plans", CounterMapper.class);
    }

    @Override
    public Optional<Subscription> find(Scope scope, CustomerId customer) {
        return database.transact(
                scope,
                () -> customers.existing(scope, Set.of(customer)).isEmpty()
                        ? Optional.<Subscription>empty()
                        : sql.find(scope.tenant(), customer).map(row -> subscription(scope, row)));
    }

    @Override
    public Optional<Renewal> nextRenewal(Scope scope, CustomerId customer) {
        return database.transact(
                scope,
                () -> sql.find(scope.tenant(), customer)
                        .filter(row -> !row.cancelled() && !row.cancelAtEnd() && row.pendingPlanId() == null)
                        .map(row -> new Renewal(
                                row.paidUntil(),
                                new Price(
                                        RenewalJob.cost(row, addOns.of(scope.tenant(), customer)),
                                        row.priceCurrency()))));
    }

    @Override
    public Subscription choose(
            Scope scope, CustomerId customer, @Nullable String plan, @Nullable When when, OptionalLong version) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            Map<String, Object> before = sql.find(scope.tenant(), customer)
                    .map(StoredSubscriptions::state)
                    .orElse(null);
            changes.choose(scope, customer, plan, when, version);
            return recorded(scope, customer, "subscription.choose", before);
        });
    }

    @Override
    public PlanPreview preview(Scope scope, CustomerId customer, @Nullable String plan, @Nullable When when) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            return changes.preview(scope, customer, plan, when);
        });
    }

    @Override
    public Overrides overrides(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> own.overrides(scope.tenant(), present(scope, customer)));
    }

    @Override
    public Overrides override(Scope scope, CustomerId customer, NewOverrides form, OptionalLong version) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            SubscriptionRow row = locked(scope, customer);
            requireRunning(row, version);
            changes.override(scope, row, form)
                    .ifPresent(change -> audit.record(
                            scope,
                            "subscription.override",
                            row.subscriptionId().toString(),
                            Optional.of(customer),
                            change.getKey().words(),
                            change.getValue().words()));
            movements.note(scope, customer);
            return own.overrides(
                    scope.tenant(), sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound));
        });
    }

    private static void requireRunning(SubscriptionRow row, OptionalLong version) {
        if (version.orElse(row.version()) != row.version()) {
            throw new ProblemException(Problems.STALE, "the subscription changed meanwhile");
        }
        if (row.cancelled()) {
            throw new ProblemException(CustomersProblems.WRONG_STATUS, "the subscription has ended");
        }
    }

    @Override
    public Subscription lock(Scope scope, CustomerId customer, @Nullable String reason) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        String why = checks.text("/reason", reason, LONGEST_REASON);
        checks.done();
        return database.transact(scope, () -> {
            SubscriptionRow row = locked(scope, customer);
            if (row.cancelled()) {
                throw new ProblemException(CustomersProblems.WRONG_STATUS, "the subscription has ended");
            }
            if (row.lockedAt() != null) {
                return subscription(scope, row);
            }
            sql.stop(
                    scope.tenant(),
                    customer,
                    clocks.of(scope.tenant()).instant(),
                    scope.actor().name(),
                    why);
            return recorded(scope, customer, "subscription.lock", state(row));
        });
    }

    @Override
    public Subscription unlock(Scope scope, CustomerId customer) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            SubscriptionRow row = locked(scope, customer);
            if (row.lockedAt() == null) {
                if (row.overdueAt() != null) {
                    throw new ProblemException(
                            CustomersProblems.WRONG_STATUS,
                            "nobody has locked it: a renewal is unpaid, and it is served again once the wallet has paid it");
                }
                return subscription(scope, row);
            }
            sql.letGo(scope.tenant(), customer);
            return recorded(scope, customer, "subscription.unlock", state(row));
        });
    }

    @Override
    public Subscription cancel(Scope scope, CustomerId customer, When when) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            SubscriptionRow row = locked(scope, customer);
            if (row.cancelled()) {
                return subscription(scope, row);
            }
            if (when == When.CYCLE_END) {
                sql.cancelAtEnd(scope.tenant(), customer);
            } else {
                choice.cancel(scope, row, clocks.of(scope.tenant()).instant());
            }
            return recorded(scope, customer, "subscription.cancel", state(row));
        });
    }

    @Override
    public Subscription setAddOn(
            Scope scope, CustomerId customer, String name, @Nullable BigDecimal quantity, OptionalLong version) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            SubscriptionRow row = locked(scope, customer);
            // before anything else is said: what is another's is answered like what does not exist
            AddOn addOn = addOns.named(scope.tenant(), name);
            requireRunning(row, version);
            Optional<Change> change = addOns.set(scope.tenant(), row, addOn, quantity);
            if (change.isEmpty()) {
                return subscription(scope, row);
            }
            changes.charge(scope, row, change.get());
            sql.touch(scope.tenant(), customer);
            movements.note(scope, customer);
            audit.record(
                    scope,
                    "subscription.set-add-on",
                    row.subscriptionId().toString(),
                    Optional.of(customer),
                    change.get().before(),
                    change.get().after());
            return subscription(scope, sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound));
        });
    }

    @Override
    public SubscribedAddOn addOn(Scope scope, CustomerId customer, String name) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            return addOns.find(scope.tenant(), customer, name).orElseThrow(Problems::notFound);
        });
    }

    @Override
    public UsageCycle usageCycle(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> {
            SubscriptionRow row = present(scope, customer);
            Cycle cycle = cycle(scope, row);
            return usage.of(scope.tenant(), row, cycle, counters.of(scope.tenant(), customer, cycle.from()));
        });
    }

    @Override
    public UsageCycle reset(Scope scope, CustomerId customer, @Nullable String reason) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        String why = checks.text("/reason", reason, LONGEST_REASON);
        checks.done();
        return database.transact(scope, () -> {
            SubscriptionRow row = present(scope, customer);
            Cycle cycle = cycle(scope, row);
            // usage of these counters waits from here on; a counter that is made meanwhile is not reset, since nobody
            // would keep what it showed
            List<CounterRow> before = counters.lockAll(scope.tenant(), customer, cycle.from());
            UUID[] locked =
                    before.stream().map(counter -> counter.meterId().uuid()).toArray(UUID[]::new);
            counters.keepReset(
                    scope.tenant(),
                    customer,
                    cycle.from(),
                    locked,
                    clocks.of(scope.tenant()).instant(),
                    why,
                    scope.actor().name());
            counters.reset(scope.tenant(), customer, cycle.from(), locked);
            audit.record(
                    scope,
                    "usage-cycle.reset",
                    row.subscriptionId().toString(),
                    Optional.of(customer),
                    CycleUsage.consumed(before),
                    Map.of("reason", why));
            return usage.of(scope.tenant(), row, cycle, counters.of(scope.tenant(), customer, cycle.from()));
        });
    }

    private SubscriptionRow present(Scope scope, CustomerId customer) {
        customers.require(scope, customer);
        return sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
    }

    /** Locks the row, then reads it: a joined select that locks would show the plan of before the wait. */
    private SubscriptionRow locked(Scope scope, CustomerId customer) {
        customers.require(scope, customer);
        if (sql.lock(scope.tenant(), customer).isEmpty()) {
            throw Problems.notFound();
        }
        access.changed(scope.tenant(), customer);
        return sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
    }

    private Subscription recorded(
            Scope scope, CustomerId customer, String action, @Nullable Map<String, Object> before) {
        SubscriptionRow row = sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
        audit.record(scope, action, row.subscriptionId().toString(), Optional.of(customer), before, state(row));
        news.tell(scope, SubscriptionNews.UPDATED, row);
        movements.note(scope, customer);
        return subscription(scope, row);
    }

    /** The present cycle; of a subscription that has ended, the last. */
    private Cycle cycle(Scope scope, SubscriptionRow row) {
        Instant now = clocks.of(scope.tenant()).instant();
        Instant cancelled = row.cancelledAt();
        Instant at = cancelled == null || now.isBefore(cancelled) ? now : cancelled.minusNanos(1);
        Cycle cycle = PlanChoice.cycles(row).atOrFirst(at);
        return row.trialing() ? cycle.cutAt(row.paidUntil()) : cycle;
    }

    private Subscription subscription(Scope scope, SubscriptionRow row) {
        Cycle cycle = cycle(scope, row);
        Price price = new Price(row.priceAmount(), row.priceCurrency());
        List<SubscribedAddOn> subscribed = addOns.of(scope.tenant(), row.customerId());
        Limits limits = new Limits(
                PlanVersions.optional(row.userLimit()),
                PlanVersions.optional(row.concurrencyLimit()),
                PlanVersions.optional(row.requestLimit()));
        return new Subscription(
                row.subscriptionId(),
                row.customerId(),
                row.planId(),
                row.planKey(),
                row.planName(),
                own.base(scope.tenant(), row),
                price,
                row.cycle(),
                Allowance.of(limits, subscribed),
                subscribed,
                row.cancelled()
                        ? new Price(BigDecimal.ZERO, price.currency())
                        : RecurringCost.ofMonth(price, row.cycle(), subscribed),
                status(row),
                cycle.from(),
                cycle.to(),
                row.paidUntil(),
                lock(row),
                Optional.ofNullable(row.pendingPlanKey()),
                row.cancelAtEnd(),
                row.startedAt(),
                Optional.ofNullable(row.cancelledAt()),
                Optional.ofNullable(row.saleId()).map(sale -> new Subscription.Collection(sale, row.saleFailing())),
                row.version());
    }

    private static Optional<Subscription.Lock> lock(SubscriptionRow row) {
        Instant at = row.lockedAt();
        String by = row.lockedBy();
        String reason = row.lockReason();
        if (at != null && by != null && reason != null) {
            return Optional.of(new Subscription.Lock(at, by, reason, false));
        }
        return Optional.ofNullable(row.overdueAt())
                .map(since -> new Subscription.Lock(
                        since,
                        "system",
                        "not paid since " + row.paidUntil() + ", and the days of grace are over",
                        true));
    }

    /** What people see of the two states: ended, else locked, else how it is paid. */
    static SubscriptionStatus status(SubscriptionRow row) {
        if (row.cancelled()) {
            return SubscriptionStatus.CANCELLED;
        }
        return row.lockedAt() != null || row.overdueAt() != null
                ? SubscriptionStatus.LOCKED
                : SubscriptionStatus.valueOf(row.status());
    }

    static Map<String, Object> state(SubscriptionRow row) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("plan", row.planKey());
        state.put("planVersion", row.number());
        state.put("status", status(row).name());
        state.put("paidUntil", row.paidUntil().toString());
        if (row.lockReason() != null) {
            state.put("lockReason", row.lockReason());
        }
        if (row.pendingPlanKey() != null) {
            state.put("pendingPlan", row.pendingPlanKey());
        }
        state.put("cancelAtEnd", row.cancelAtEnd());
        if (row.saleId() != null) {
            state.put("collection", row.saleId().toString());
            state.put("collectionFailing", row.saleFailing());
        }
        return state;
    }
}
