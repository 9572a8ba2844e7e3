package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.credits.Balance;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Posting;
import org.bursar.credits.internal.HoldSweep;
import org.bursar.credits.internal.LedgerBook;
import org.bursar.credits.internal.WalletPart;
import org.bursar.customers.Access;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.AccessReason;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.plans.AddOn;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Limit;
import org.bursar.plans.Meter;
import org.bursar.plans.NewAddOn;
import org.bursar.plans.NewMeter;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewLimits;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.RateModel;
import org.bursar.plans.RatedUsage;
import org.bursar.plans.Subscription;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.Usage;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenants;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;

/** The bundle over a real database and a real ledger, with fakes for its other neighbours: a tenant of its own. */
final class Shop implements Customers, AccessMemory, Tenants, Audit, TenantDirectory, Announcements {
    final TestClock clock = TestClock.at("2026-01-31T10:00:00Z");
    final Database database;
    final Scope scope = Scope.of(TenantId.next(clock), new Actor(Actor.Kind.USER, "usr_1", "Mara"));
    final LedgerBook ledger;
    final StoredMeters meters;
    final StoredPlans plans;
    final StoredAddOns addOns;
    final StoredSubscriptions subscriptions;
    final PlanPart part;
    final SubscriptionFacts facts;
    final CycleRating rating;

    /** What was written to the audit log. */
    final List<String> audited = new ArrayList<>();

    /** What it keeps as the state after the last of each. */
    final Map<String, String> states = new HashMap<>();

    /** What the tenant's systems were told. */
    final List<Announcement> told = new CopyOnWriteArrayList<>();

    /** Why nobody is served; empty: everybody is. */
    List<AccessReason> refusals = List.of();

    String unit = "USD";
    ZoneId zone = ZoneId.of("UTC");

    private final Set<CustomerId> customers = new HashSet<>();
    private final WalletPart wallets;

    Shop(TestDatabase postgres) {
        database = postgres.database();
        ledger = new LedgerBook(database, clock, this);
        wallets = new WalletPart(database, clock, this, new HoldSweep(database, clock, this));
        meters = new StoredMeters(database, this, clock);
        plans = new StoredPlans(database, this, this, clock);
        addOns = new StoredAddOns(database, this, this, clock);
        subscriptions =
                new StoredSubscriptions(database, this, this, this, TenantClocks.same(clock), this, ledger, this);
        part = new PlanPart(database, this, this, TenantClocks.same(clock), this, ledger, this);
        facts = new SubscriptionFacts(database);
        rating = new CycleRating(database, this);
    }

    @Override
    public void put(Scope in, Announcement announcement) {
        told.add(announcement);
    }

    @Override
    public boolean wanted(Scope in, String type) {
        return true;
    }

    RenewalJob renewals() {
        return new RenewalJob(database, this, this, this, ledger, this, TenantClocks.same(clock), this, this);
    }

    /** A node with a database service and a clock of its own. */
    CustomerLeases leases(Database node, Clock time) {
        Access access = (asked, customer, user, except) -> {
            require(asked, customer);
            assertThat(except).containsExactly("balance");
            return new Access.Decision(refusals);
        };
        return new CustomerLeases(node, access, TenantClocks.same(time));
    }

    /** A node with a database service and a clock of its own. */
    CustomerRateLimits rateLimits(Database node, Clock time) {
        Access access = (asked, customer, user, except) -> {
            require(asked, customer);
            assertThat(except).containsExactly("balance");
            return new Access.Decision(refusals);
        };
        return new CustomerRateLimits(node, access, this, time);
    }

    AddOn addOn(String key, String price, Limit limit, int raisesBy) {
        return addOns.create(
                scope,
                new NewAddOn(
                        key, "Extra " + key, price(price), limit, limit == null ? null : raisesBy, null, null, null));
    }

    NewPrice price(String amount) {
        return new NewPrice(new BigDecimal(amount), unit);
    }

    Subscription setAddOn(CustomerId customer, String addOn, String quantity) {
        return subscriptions.setAddOn(scope, customer, addOn, new BigDecimal(quantity), OptionalLong.empty());
    }

    void delete(CustomerId customer) {
        customers.remove(customer);
    }

    /** A new customer with so much credit. */
    CustomerId customerWith(String credit) {
        CustomerId customer = CustomerId.next(clock);
        customers.add(customer);
        database.run(scope, () -> wallets.created(scope, customer, Optional.empty()));
        if (!credit.equals("0")) {
            pay(customer, credit);
        }
        return customer;
    }

    CustomerId subscriber(String credit, String plan) {
        CustomerId customer = customerWith(credit);
        choose(customer, plan);
        return customer;
    }

    void pay(CustomerId customer, String credit) {
        ledger.post(
                scope,
                List.of(new Posting(
                        customer,
                        new BigDecimal(credit),
                        EntryKind.PURCHASE,
                        Optional.empty(),
                        Optional.empty(),
                        UUID.randomUUID(),
                        false)));
    }

    BigDecimal balance(CustomerId customer) {
        Balance balance = ledger.balances(scope, List.of(customer)).get(customer);
        return balance.balance();
    }

    Subscription choose(CustomerId customer, String plan) {
        return subscriptions.choose(scope, customer, plan, When.NOW, OptionalLong.empty());
    }

    Subscription subscription(CustomerId customer) {
        return subscriptions.find(scope, customer).orElseThrow();
    }

    Meter meter(String key, String cost) {
        return meters.create(scope, new NewMeter(key, key, "unit", new BigDecimal(cost), null));
    }

    void plan(String key, String price, BillingCycle cycle, NewRate... rates) {
        plans.create(scope, new NewPlan(key, key, terms(price, cycle, rates)));
    }

    NewPlanVersion terms(String price, BillingCycle cycle, NewRate... rates) {
        return new NewPlanVersion(
                new NewPrice(new BigDecimal(price), unit), cycle, List.of(rates), new NewLimits(25, 10, 60));
    }

    static NewRate perUnit(String meter, String included, String price) {
        return new NewRate(
                meter, new BigDecimal(included), RateModel.PER_UNIT, new BigDecimal(price), null, null, null);
    }

    RatedUsage use(CustomerId customer, Meter meter, String quantity) {
        return use(customer, meter, quantity, clock.instant());
    }

    RatedUsage use(CustomerId customer, Meter meter, String quantity, Instant time) {
        return rating.rate(scope, List.of(new Usage(customer, meter, new BigDecimal(quantity), time)))
                .get(0);
    }

    @Override
    public Set<CustomerId> existing(Scope scope, Collection<CustomerId> ids) {
        Set<CustomerId> there = new HashSet<>(ids);
        there.retainAll(customers);
        return there;
    }

    @Override
    public void require(Scope scope, CustomerId customer) {
        if (!customers.contains(customer) || !scope.sees(customer)) {
            throw Problems.notFound();
        }
    }

    @Override
    public Map<CustomerId, String> names(Scope scope, Collection<CustomerId> ids) {
        return Map.of();
    }

    @Override
    public Tenant own(Scope scope) {
        return new Tenant(scope.tenant(), "acme", "Acme", "agency", unit, zone, clock.instant(), 1);
    }

    @Override
    public synchronized void record(
            Scope scope, String action, String subject, Optional<CustomerId> customer, Object before, Object after) {
        audited.add(action);
        states.put(action, String.valueOf(after));
    }

    @Override
    public Optional<TenantId> bySlug(String slug) {
        return Optional.empty();
    }

    @Override
    public Optional<TenantId> byHost(String host) {
        return Optional.empty();
    }

    @Override
    public boolean exists(TenantId tenant) {
        return true;
    }

    @Override
    public List<TenantId> all() {
        return List.of(scope.tenant());
    }

    /** Whose access may be another one now. */
    final List<CustomerId> accessChanged = new CopyOnWriteArrayList<>();

    @Override
    public void changed(TenantId tenant, CustomerId customer) {
        database.afterCommit(() -> accessChanged.add(customer));
    }

    @Override
    public void improved(TenantId tenant, CustomerId customer) {
        changed(tenant, customer);
    }
}
