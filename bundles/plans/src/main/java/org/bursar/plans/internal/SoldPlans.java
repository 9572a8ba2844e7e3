package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Period;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.Ledger;
import org.bursar.credits.PlanSales;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.Customers;
import org.bursar.customers.CustomersProblems;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.Price;
import org.bursar.plans.internal.PlanChoice.Chosen;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.tenancy.Tenants;
import org.bursar.webhooks.Announcements;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans that are collected for. Which sale a subscription is of stands in its row; that row's lock comes before the wallet's. */
@Component(service = PlanSales.class)
public final class SoldPlans implements PlanSales {
    private final Database database;
    private final Customers customers;
    private final Audit audit;
    private final TenantClocks clocks;
    private final RenewalJob renewals;
    private final PlanChoice choice;
    private final PlanChanges changes;
    private final OwnVersions own;
    private final SubscriptionNews news;
    private final MrrMovements movements;
    private final SubscriptionMapper sql;

    @Activate
    public SoldPlans(
            @Reference Database database,
            @Reference Tenants tenants,
            @Reference Customers customers,
            @Reference Audit audit,
            @Reference TenantClocks clocks,
            @Reference AccessMemory access,
            @Reference Ledger ledger,
            @Reference Announcements announcements,
            @Reference RenewalJob renewals) {
        this.database = database;
        this.customers = customers;
        this.audit = audit;
        this.clocks = clocks;
        this.renewals = renewals;
        this.choice = new PlanChoice(database, tenants, clocks, access, ledger);
        this.own = new OwnVersions(database, tenants);
        SubscriptionAddOns addOns = new SubscriptionAddOns(database, clocks);
        this.changes = new PlanChanges(database, ledger, clocks, choice, addOns, own);
        this.news = new SubscriptionNews(announcements);
        this.movements = new MrrMovements(database, clocks);
        this.sql = database.mapper("plans", SubscriptionMapper.class);
    }

    @Override
    public Offer offer(Scope scope, CustomerId customer, String plan) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            Chosen named = choice.named(scope.tenant(), plan);
            Optional<SubscriptionRow> had = sql.find(scope.tenant(), customer);
            boolean same =
                    had.filter(row -> row.planId().equals(named.key().plan())).isPresent();
            if (!same) {
                scope.requireWholeTenant();
            }
            if (clocks.sandbox(scope.tenant())) {
                throw new ProblemException(
                        CustomersProblems.WRONG_STATUS, "a sandbox's cycles follow its own clock, no provider's");
            }
            had.filter(row -> !row.cancelled()).ifPresent(this::requireNothingOwed);
            Chosen chosen = had.map(row -> own.kept(scope.tenant(), row, named)).orElse(named);
            requireCollectable(chosen.version());
            Price price = chosen.version().price();
            return new Offer(
                    named.key().plan(),
                    named.key().number(),
                    named.planName(),
                    price.amount(),
                    price.currency(),
                    chosen.version().cycle() == BillingCycle.YEAR ? Period.ofYears(1) : Period.ofMonths(1));
        });
    }

    private void requireNothingOwed(SubscriptionRow row) {
        if (row.lockedAt() != null) {
            throw new ProblemException(
                    CustomersProblems.WRONG_STATUS, "a person has stopped the service; unlock it first");
        }
        if (row.status().equals("PAST_DUE")) {
            throw new ProblemException(
                    CustomersProblems.WRONG_STATUS,
                    "a renewal is unpaid: buy credit, and once the wallet has paid it the plan can be taken");
        }
    }

    private static void requireCollectable(PlanVersion version) {
        Price price = version.price();
        if (price.amount().signum() == 0 || !payable(price.amount(), price.currency())) {
            throw notCollected("its price is nothing that people pay with a card");
        }
        if (version.payment().start() == CycleStart.CALENDAR) {
            throw notCollected(
                    "its first cycle is what is left of a month, and a provider counts from the day of payment");
        }
    }

    private static boolean payable(BigDecimal amount, String currency) {
        try {
            return Money.of(currency, amount).minor() > 0;
        } catch (IllegalArgumentException e) {
            return false; // a unit of the tenant's own, or a part of the smallest coin
        }
    }

    private static ProblemException notCollected(String why) {
        return new ProblemException(Problems.invalid("/plan", PlansProblems.NOT_COLLECTED, why));
    }

    @Override
    public void begin(Scope scope, CustomerId customer, PurchaseId sale, PlanId plan, int version) {
        database.run(scope, () -> {
            requireExisting(scope, customer);
            Chosen chosen = choice.exactly(scope.tenant(), new VersionKey(plan, version));
            Optional<SubscriptionRow> before =
                    choice.lock(scope, customer).flatMap(present -> sql.find(scope.tenant(), customer));
            if (before.map(SubscriptionRow::saleId).filter(sale::equals).isPresent()) {
                return;
            }
            changes.anew(scope, customer, before, chosen);
            sql.sold(scope.tenant(), customer, sale);
            record(scope, "subscription.choose", customer, before.orElse(null));
            renewals.renew(scope, customer);
        });
    }

    /** By a question that does not end the transaction, since the caller has more to do in it. */
    private void requireExisting(Scope scope, CustomerId customer) {
        if (!customers.existing(scope, Set.of(customer)).contains(customer)) {
            throw Problems.notFound();
        }
    }

    @Override
    public void failing(Scope scope, CustomerId customer, PurchaseId sale, boolean failing) {
        database.run(
                scope,
                () -> of(scope, customer, sale).ifPresent(before -> {
                    if (sql.failing(scope.tenant(), customer, sale, failing) > 0) {
                        record(scope, "subscription.collection", customer, before);
                    }
                }));
    }

    @Override
    public void ended(Scope scope, CustomerId customer, PurchaseId sale) {
        database.run(
                scope,
                () -> of(scope, customer, sale).ifPresent(before -> {
                    sql.sold(scope.tenant(), customer, null);
                    if (before.paidUntil().isAfter(clocks.of(scope.tenant()).instant())) {
                        sql.cancelAtEnd(scope.tenant(), customer);
                    } else {
                        choice.cancel(scope, before, clocks.of(scope.tenant()).instant());
                    }
                    record(scope, "subscription.cancel", customer, before);
                }));
    }

    @Override
    public void released(Scope scope, CustomerId customer, PurchaseId sale) {
        database.run(
                scope,
                () -> of(scope, customer, sale).ifPresent(before -> {
                    sql.sold(scope.tenant(), customer, null);
                    record(scope, "subscription.collection", customer, before);
                }));
    }

    @Override
    public Map<CustomerId, PurchaseId> wanted(Scope scope, Collection<CustomerId> asked) {
        return database.transact(scope, () -> {
            Set<CustomerId> existing = customers.existing(scope, List.copyOf(asked));
            Map<CustomerId, PurchaseId> wanted = new HashMap<>();
            for (SubscriptionRow row : sql.findAll(
                    scope.tenant(), existing.stream().map(CustomerId::uuid).toArray(UUID[]::new))) {
                PurchaseId sale = row.saleId();
                if (sale != null && !row.cancelled() && !row.cancelAtEnd()) {
                    wanted.put(row.customerId(), sale);
                }
            }
            return wanted;
        });
    }

    /** The customer's subscription, locked, while it is of this sale. */
    private Optional<SubscriptionRow> of(Scope scope, CustomerId customer, PurchaseId sale) {
        return choice.lock(scope, customer)
                .flatMap(present -> sql.find(scope.tenant(), customer))
                .filter(row -> sale.equals(row.saleId()));
    }

    private void record(Scope scope, String action, CustomerId customer, @Nullable SubscriptionRow before) {
        SubscriptionRow after = sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
        audit.record(
                scope,
                action,
                after.subscriptionId().toString(),
                Optional.of(customer),
                before == null ? null : StoredSubscriptions.state(before),
                StoredSubscriptions.state(after));
        news.tell(scope, SubscriptionNews.UPDATED, after);
        movements.note(scope, customer);
    }
}
