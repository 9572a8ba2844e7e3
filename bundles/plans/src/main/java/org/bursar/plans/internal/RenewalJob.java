package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.Balance;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Ledger;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.plans.SubscribedAddOn;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.tenancy.Tenants;
import org.bursar.webhooks.Announcements;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews subscriptions whose cycle has ended: takes the price of the next cycle from the wallet, in advance, plan and add-ons in
 * one entry. Each renewal is a transaction of its own that locks the subscription, posts under a key made of subscription and
 * cycle, and moves the end of what is paid; so it happens once, on any number of nodes and whatever their clocks say. A wallet
 * with too little makes the subscription past due and is asked again at every run. What the usage of an ended cycle falls short of
 * the plan's minimum is charged before the next cycle is. What the cycle brings is added once it is paid. Where a provider collects
 * the price, which fills the wallet, it is waited for before the subscription is past due.
 */
@Component(service = {RecurringJob.class, RenewalJob.class})
public final class RenewalJob implements RecurringJob {
    private static final String RENEWED = "subscription.renew";
    private static final Logger LOG = LoggerFactory.getLogger(RenewalJob.class);
    private static final int PAGE = 200;
    private static final int MOST_CYCLES_A_RUN = 24;
    /** Providers ask for a cycle's price some hours after it began, and a payment by a bank takes a day or two. */
    private static final Duration COLLECTING = Duration.ofDays(3);

    private final Database database;
    private final TenantDirectory directory;
    private final Customers customers;
    private final Ledger ledger;
    private final Audit audit;
    private final AccessMemory access;
    private final TenantClocks clocks;
    private final PlanChoice choice;
    private final SubscriptionAddOns addOns;
    private final MinimumCharges minimums;
    private final Allowances allowances;
    private final SubscriptionNews news;
    private final MrrMovements movements;
    private final SubscriptionMapper sql;

    @Activate
    public RenewalJob(
            @Reference Database database,
            @Reference TenantDirectory directory,
            @Reference Tenants tenants,
            @Reference Customers customers,
            @Reference Ledger ledger,
            @Reference Audit audit,
            @Reference TenantClocks clocks,
            @Reference AccessMemory access,
            @Reference Announcements announcements) {
        this.database = database;
        this.directory = directory;
        this.customers = customers;
        this.ledger = ledger;
        this.audit = audit;
        this.access = access;
        this.clocks = clocks;
        this.choice = new PlanChoice(database, tenants, clocks, access, ledger);
        this.addOns = new SubscriptionAddOns(database, clocks);
        this.minimums = new MinimumCharges(database, customers, ledger, clocks);
        this.allowances = new Allowances(ledger);
        this.news = new SubscriptionNews(announcements);
        this.movements = new MrrMovements(database, clocks);
        this.sql = database.mapper("plans", SubscriptionMapper.class);
    }

    @Override
    public String name() {
        return "subscription-renewal";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        directory.each(tenant -> {
            if (!clocks.sandbox(tenant)) {
                Scope scope = Scope.of(tenant, Actor.system(name()));
                renewAll(scope);
                minimums.run(scope);
            }
        });
    }

    private void renewAll(Scope scope) {
        UUID after = null;
        while (true) {
            UUID from = after;
            List<SubscriptionRow> due = database.transact(
                    scope,
                    () -> sql.due(scope.tenant(), clocks.of(scope.tenant()).instant(), from, PAGE));
            for (SubscriptionRow row : payable(scope, served(scope, due))) {
                renewQuietly(scope, row.customerId());
            }
            if (due.size() < PAGE) {
                return;
            }
            after = due.get(due.size() - 1).customerId().uuid();
        }
    }

    /** Without those of deleted customers: in their days of grace they are not charged. */
    List<SubscriptionRow> served(Scope scope, List<SubscriptionRow> due) {
        List<CustomerId> ids = due.stream().map(SubscriptionRow::customerId).toList();
        Set<CustomerId> existing = database.transact(scope, () -> customers.existing(scope, ids));
        return due.stream().filter(row -> existing.contains(row.customerId())).toList();
    }

    /**
     * Without those past due whose wallets still have too little, unless their days of grace are over: one question for the page
     * instead of a transaction each.
     */
    List<SubscriptionRow> payable(Scope scope, List<SubscriptionRow> due) {
        List<CustomerId> waiting = due.stream()
                .filter(RenewalJob::waiting)
                .map(SubscriptionRow::customerId)
                .toList();
        if (waiting.isEmpty()) {
            return due;
        }
        return database.transact(scope, () -> {
            Instant now = clocks.of(scope.tenant()).instant();
            Map<CustomerId, Balance> balances = ledger.balances(scope, waiting);
            Map<CustomerId, List<SubscribedAddOn>> had = addOns.of(scope.tenant(), waiting);
            return due.stream()
                    .filter(row -> !waiting(row)
                            || graceOver(row, now)
                            || !row.status().equals("PAST_DUE") && !collecting(row, now)
                            || covers(
                                    balances.get(row.customerId()),
                                    cost(row, had.getOrDefault(row.customerId(), List.of()))))
                    .toList();
        });
    }

    private static boolean waiting(SubscriptionRow row) {
        return (row.status().equals("PAST_DUE") || row.saleId() != null)
                && row.pendingPlanId() == null
                && !row.cancelAtEnd();
    }

    /** Whether a provider may still be about to bring what the wallet lacks; what it lacks is not past due before. */
    private static boolean collecting(SubscriptionRow row, Instant now) {
        return row.saleId() != null
                && !row.saleFailing()
                && now.isBefore(row.paidUntil().plus(COLLECTING));
    }

    /** Whether it is served though its days of grace have passed. */
    private static boolean graceOver(SubscriptionRow row, Instant now) {
        return graceEnd(row).filter(end -> !end.isAfter(now)).isPresent();
    }

    /** When one that is not paid, but still served, is not served any longer. */
    static Optional<Instant> graceEnd(SubscriptionRow row) {
        Integer days = row.graceDays();
        if (!row.status().equals("PAST_DUE") || row.overdueAt() != null || days == null) {
            return Optional.empty();
        }
        return Optional.of(
                row.paidUntil().atZone(ZoneId.of(row.zone())).plusDays(days).toInstant());
    }

    /** What the next cycle costs; what is left of a calendar month, its part. */
    static BigDecimal cost(SubscriptionRow row, List<SubscribedAddOn> addOns) {
        Cycles cycles = PlanChoice.cycles(row);
        BigDecimal whole = RecurringCost.ofCycle(row.priceAmount(), row.cycle(), addOns);
        return cycles.price(whole, cycles.at(row.paidUntil()));
    }

    private static boolean covers(@Nullable Balance balance, BigDecimal price) {
        return price.signum() == 0
                || balance != null
                        && balance.available().add(balance.overdraft()).compareTo(price) >= 0;
    }

    /** One that fails must not keep the others from being renewed; the next run tries it again. */
    void renewQuietly(Scope scope, CustomerId customer) {
        try {
            int cycles = 0;
            while (cycles < MOST_CYCLES_A_RUN && database.transact(scope, () -> renew(scope, customer))) {
                cycles++;
            }
        } catch (DatabaseException e) {
            if (e.unavailable()) {
                throw e;
            }
            LOG.error("renewal failed tenant={} customer={}", scope.tenant(), customer, e);
        } catch (RuntimeException e) {
            LOG.error("renewal failed tenant={} customer={}", scope.tenant(), customer, e);
        }
    }

    /** Renews for one cycle; answers whether another may be due. */
    boolean renew(Scope scope, CustomerId customer) {
        Instant now = clocks.of(scope.tenant()).instant();
        if (sql.lockDue(scope.tenant(), customer, now).isEmpty()) {
            return false;
        }
        access.changed(scope.tenant(), customer);
        boolean another = renewed(scope, customer, now);
        movements.note(scope, customer);
        return another;
    }

    private boolean renewed(Scope scope, CustomerId customer, Instant now) {
        SubscriptionRow before = sql.find(scope.tenant(), customer).orElseThrow();
        minimums.settle(scope, before, before.paidUntil());
        choice.turnOver(scope, before);
        SubscriptionRow row = sql.find(scope.tenant(), customer).orElseThrow();
        if (row.cancelled()) {
            record(scope, "subscription.cancel", before, row);
            return false;
        }
        Instant from = row.paidUntil();
        List<SubscribedAddOn> had = addOns.of(scope.tenant(), row.customerId());
        BigDecimal cost = cost(row, had);
        if (!paid(scope, row, from, had, cost)) {
            if (!row.status().equals("PAST_DUE") && collecting(row, now)) {
                return false;
            }
            if (sql.pastDue(scope.tenant(), customer) > 0) {
                record(
                        scope,
                        "subscription.past-due",
                        before,
                        sql.find(scope.tenant(), customer).orElseThrow());
            }
            stopWhenGraceIsOver(scope, customer, now);
            return false;
        }
        Instant to = PlanChoice.cycles(row).at(from).to();
        boolean behind = !to.isAfter(now);
        // one that owes further cycles stays past due until the last of them is paid
        String status = behind && row.status().equals("PAST_DUE") ? "PAST_DUE" : "ACTIVE";
        sql.paid(scope.tenant(), customer, status, to, row.priceAmount());
        allowances.grant(scope, row, from, now);
        SubscriptionRow after = sql.find(scope.tenant(), customer).orElseThrow();
        Map<String, Object> state = StoredSubscriptions.state(after);
        state.put("charged", Decimals.text(cost));
        record(scope, RENEWED, before, after, state);
        return behind;
    }

    private void stopWhenGraceIsOver(Scope scope, CustomerId customer, Instant now) {
        SubscriptionRow row = sql.find(scope.tenant(), customer).orElseThrow();
        if (graceOver(row, now) && sql.overdue(scope.tenant(), customer, now) > 0) {
            record(
                    scope,
                    "subscription.stop-unpaid",
                    row,
                    sql.find(scope.tenant(), customer).orElseThrow());
        }
    }

    /** Takes what plan and add-ons cost now: the row is locked, so neither changes before the renewal is written. */
    private boolean paid(Scope scope, SubscriptionRow row, Instant from, List<SubscribedAddOn> had, BigDecimal cost) {
        if (cost.signum() == 0) {
            return true;
        }
        if (!Decimals.fits(cost, Decimals.AMOUNT_PLACES)) {
            return false; // more than any wallet holds
        }
        Posting posting = new Posting(
                row.customerId(),
                cost.negate(),
                EntryKind.RENEWAL,
                Optional.of(row.subscriptionId().toString()),
                had.isEmpty() ? Optional.empty() : Optional.of(RecurringCost.words(row.planName(), had)),
                DerivedKey.of("renewal " + row.subscriptionId() + ' ' + from),
                true);
        PostResult result = ledger.post(scope, List.of(posting)).get(0);
        if (result instanceof PostResult.NoWallet) {
            throw new IllegalStateException("a subscription whose customer has no wallet: " + row.subscriptionId());
        }
        return result instanceof PostResult.Posted;
    }

    private void record(Scope scope, String action, SubscriptionRow before, SubscriptionRow after) {
        record(scope, action, before, after, StoredSubscriptions.state(after));
    }

    private void record(
            Scope scope, String action, SubscriptionRow before, SubscriptionRow after, Map<String, Object> state) {
        audit.record(
                scope,
                action,
                after.subscriptionId().toString(),
                Optional.of(after.customerId()),
                StoredSubscriptions.state(before),
                state);
        news.tell(scope, action.equals(RENEWED) ? SubscriptionNews.RENEWED : SubscriptionNews.UPDATED, after);
    }
}
