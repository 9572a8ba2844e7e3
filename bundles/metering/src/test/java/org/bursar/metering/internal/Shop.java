package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.credits.internal.CapCounter;
import org.bursar.credits.internal.HoldSweep;
import org.bursar.credits.internal.LedgerBook;
import org.bursar.credits.internal.LedgerWalk;
import org.bursar.credits.internal.WalletPart;
import org.bursar.customers.AccessMemory;
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
import org.bursar.metering.EventResult;
import org.bursar.metering.UsageEvent;
import org.bursar.plans.Aggregation;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.NewMeter;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.RateModel;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.internal.CycleRating;
import org.bursar.plans.internal.CycleRepricing;
import org.bursar.plans.internal.StoredMeters;
import org.bursar.plans.internal.StoredPlans;
import org.bursar.plans.internal.StoredSubscriptions;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenants;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;

/** The bundle over a real database, real plans and a real ledger, with fakes for its other neighbours: a tenant of its own. */
final class Shop implements Customers, AccessMemory, Tenants, Audit, TenantDirectory, Announcements {
    final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    final Database database;
    final Scope scope = Scope.of(TenantId.next(clock), new Actor(Actor.Kind.API_KEY, "key_1", "voice app"));
    final LedgerBook ledger;
    final LedgerWalk walk;
    final StoredSubscriptions subscriptions;
    final StoredPlans plans;
    final StoredUsage usage;
    final StoredRepricings repricings;
    final CustomerId customer;

    /** What was written to the audit log. */
    final List<String> audited = new CopyOnWriteArrayList<>();

    private final Set<CustomerId> customers = new HashSet<>();
    private final WalletPart wallets;
    private final CycleRating rating;

    /** One plan: 500 minutes included, then 0.085 each; tokens at 0.0000005; calls, which are counted, at 1. */
    Shop(TestDatabase postgres) {
        database = postgres.database();
        ledger = new LedgerBook(database, clock, this);
        walk = new LedgerWalk(database);
        wallets = new WalletPart(database, clock, this, new HoldSweep(database, clock, this));
        StoredMeters meters = new StoredMeters(database, this, clock);
        plans = new StoredPlans(database, this, this, clock);
        subscriptions =
                new StoredSubscriptions(database, this, this, this, TenantClocks.same(clock), this, ledger, this);
        rating = new CycleRating(database, this);
        usage = node();
        repricings = new StoredRepricings(
                database, this, new CycleRepricing(database, this, TenantClocks.same(clock)), ledger, this, clock);
        meters.create(
                scope, new NewMeter("voice-minutes", "Minutes", "minute", new BigDecimal("0.031"), Aggregation.SUM));
        meters.create(scope, new NewMeter("tokens", "Tokens", "token", new BigDecimal("0.000002"), null));
        meters.create(scope, new NewMeter("calls", "Calls", "call", null, Aggregation.COUNT));
        plans.create(
                scope,
                new NewPlan(
                        "scale",
                        "Scale",
                        new NewPlanVersion(
                                new NewPrice(BigDecimal.ZERO, "USD"),
                                BillingCycle.MONTH,
                                List.of(
                                        perUnit("voice-minutes", "500", "0.085"),
                                        perUnit("tokens", "0", "0.0000005"),
                                        perUnit("calls", "0", "1")),
                                null)));
        customer = newCustomer();
    }

    private static NewRate perUnit(String meter, String included, String price) {
        return new NewRate(
                meter, new BigDecimal(included), RateModel.PER_UNIT, new BigDecimal(price), null, null, null);
    }

    /** The service as another node has it. */
    StoredUsage node() {
        return new StoredUsage(
                database, this, rating, ledger, new CapCounter(database, clock, this), clock, new Settings(0));
    }

    PartitionJob partitions() {
        return new PartitionJob(database, this, clock, new Settings(0));
    }

    PartitionJob partitions(int keepDays) {
        return new PartitionJob(database, this, clock, new Settings(keepDays));
    }

    CustomerId newCustomer() {
        CustomerId made = CustomerId.next(clock);
        customers.add(made);
        database.run(scope, () -> wallets.created(scope, made, Optional.empty()));
        subscriptions.choose(scope, made, "scale", When.NOW, OptionalLong.empty());
        return made;
    }

    static UsageEvent event(String id, CustomerId customer, String meter, String quantity) {
        return new UsageEvent(
                id,
                "/voice/portland",
                meter,
                customer,
                Optional.empty(),
                Optional.of(new BigDecimal(quantity)),
                Optional.empty());
    }

    static UsageEvent event(String id, CustomerId customer, String meter, String quantity, Instant time) {
        return new UsageEvent(
                id,
                "/voice/portland",
                meter,
                customer,
                Optional.of(time),
                Optional.of(new BigDecimal(quantity)),
                Optional.of("{\"agent\": \"Front desk\"}"));
    }

    EventResult report(UsageEvent event) {
        return usage.report(scope, List.of(event)).get(0);
    }

    BigDecimal balance(CustomerId of) {
        return ledger.balances(scope, List.of(of)).get(of).balance();
    }

    @Override
    public void put(Scope in, Announcement announcement) {
        // nobody is told here
    }

    @Override
    public boolean wanted(Scope in, String type) {
        return false;
    }

    @Override
    public Set<CustomerId> existing(Scope scope, Collection<CustomerId> ids) {
        Set<CustomerId> there = new HashSet<>(ids);
        there.retainAll(customers);
        there.removeIf(id -> !scope.sees(id));
        return there;
    }

    @Override
    public void require(Scope scope, CustomerId id) {
        if (!customers.contains(id) || !scope.sees(id)) {
            throw Problems.notFound();
        }
    }

    @Override
    public Map<CustomerId, String> names(Scope scope, Collection<CustomerId> ids) {
        return Map.of();
    }

    @Override
    public Tenant own(Scope scope) {
        return new Tenant(scope.tenant(), "acme", "Acme", "agency", "USD", ZoneId.of("UTC"), clock.instant(), 1);
    }

    @Override
    public void record(
            Scope scope, String action, String subject, Optional<CustomerId> customer, Object before, Object after) {
        audited.add(action);
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

    @SuppressWarnings("ClassExplicitlyAnnotation")
    record Settings(int keepDays) implements MeteringConfig {
        @Override
        public int dedupe_days() {
            return 3;
        }

        @Override
        public int late_days() {
            return 35;
        }

        @Override
        public int keep_days() {
            return keepDays;
        }

        @Override
        public Class<MeteringConfig> annotationType() {
            return MeteringConfig.class;
        }
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
