package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Grant;
import org.bursar.credits.Hold;
import org.bursar.credits.NewHold;
import org.bursar.credits.Posting;
import org.bursar.credits.internal.CapCounter;
import org.bursar.credits.internal.HoldBook;
import org.bursar.credits.internal.HoldExpiry;
import org.bursar.credits.internal.HoldSweep;
import org.bursar.credits.internal.LedgerBook;
import org.bursar.credits.internal.LotExpiry;
import org.bursar.credits.internal.WalletHolds;
import org.bursar.credits.internal.WalletPart;
import org.bursar.customers.Access;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.metering.EventResult;
import org.bursar.metering.UsageEvent;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.NewMeter;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.RateModel;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.internal.CycleRating;
import org.bursar.plans.internal.MinimumTime;
import org.bursar.plans.internal.RenewalJob;
import org.bursar.plans.internal.RenewalTime;
import org.bursar.plans.internal.StoredMeters;
import org.bursar.plans.internal.StoredPlans;
import org.bursar.plans.internal.StoredSubscriptions;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenants;
import org.bursar.tenancy.internal.SandboxClocks;
import org.bursar.tenancy.internal.SandboxClocks.Advance;
import org.bursar.tenancy.internal.SandboxClocks.Reading;
import org.bursar.tenancy.internal.StoredClocks;
import org.bursar.tenancy.internal.sql.ClockMapper;
import org.bursar.tenancy.internal.sql.TenantMapper;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;

/** A sandbox tenant over a real database, with the real clock, ledger, plans and usage put together, and fakes for the rest. */
final class Sandbox implements Customers, AccessMemory, Tenants, Audit, TenantDirectory, Announcements {
    static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    final TestDatabase postgres;
    final Database database;
    final TestClock wall;
    final Scope scope;
    final StoredClocks clocks;
    final SandboxClocks moved;
    final LedgerBook ledger;
    final WalletHolds holds;
    final StoredSubscriptions subscriptions;
    final RenewalJob renewals;
    final HoldExpiry holdExpiry;
    final LotExpiry lotExpiry;
    final StoredUsage usage;
    final List<CustomerId> customers = new ArrayList<>();

    private final WalletPart wallets;

    Sandbox(TestDatabase postgres, Instant start, Instant wallTime) {
        this.postgres = postgres;
        database = postgres.database();
        wall = new TestClock(wallTime);
        scope = Scope.of(TenantId.next(wall), new Actor(Actor.Kind.API_KEY, "key_1", "voice app"));
        clocks = new StoredClocks(database, wall);
        TenantMapper tenants = database.mapper("tenancy", TenantMapper.class);
        ClockMapper rows = database.mapper("tenancy", ClockMapper.class);
        database.run(scope, () -> {
            tenants.insert(new TenantMapper.TenantRow(
                    scope.tenant(), "sandbox", "Sandbox", "agency", "USD", ZONE.getId(), start, 1, true, null, null));
            rows.insert(scope.tenant(), start);
        });
        moved = new SandboxClocks(database, wall, this, this);
        ledger = new LedgerBook(database, clocks, this);
        HoldSweep sweep = new HoldSweep(database, clocks, this);
        Access everybody = (asked, customer, user, except) -> new Access.Decision(List.of());
        holds = new WalletHolds(database, clocks, new HoldBook(database, clocks, ledger, this, this), everybody);
        wallets = new WalletPart(database, clocks, this, sweep);
        subscriptions = new StoredSubscriptions(database, this, this, this, clocks, this, ledger, this);
        renewals = new RenewalJob(database, this, this, this, ledger, this, clocks, this, this);
        holdExpiry = new HoldExpiry(this, clocks, sweep);
        lotExpiry = new LotExpiry(database, this, clocks, ledger);
        moved.bind(holdExpiry);
        moved.bind(lotExpiry);
        moved.bind(new RenewalTime(database, clocks, renewals));
        moved.bind(new MinimumTime(database, this, ledger, clocks));
        CycleRating rating = new CycleRating(database, this);
        usage = new StoredUsage(
                database, this, rating, ledger, new CapCounter(database, clocks, this), clocks, new Shop.Settings(0));
        StoredMeters meters = new StoredMeters(database, this, wall);
        StoredPlans plans = new StoredPlans(database, this, this, wall);
        meters.create(scope, new NewMeter("minutes", "Minutes", "minute", new BigDecimal("0.03"), null));
        plans.create(scope, new NewPlan("scale", "Scale", terms("30", BillingCycle.MONTH)));
        plans.create(scope, new NewPlan("grow", "Grow", terms("45.5", BillingCycle.MONTH)));
        plans.create(scope, new NewPlan("tried", "Tried", terms("20", new NewPayment(10, 5, null))));
        plans.create(
                scope,
                new NewPlan("committed", "Committed", terms("5", new NewPayment(null, 40, new BigDecimal("25")))));
        NewPayment bundle = new NewPayment(10, 40, new BigDecimal("8"), CycleStart.CALENDAR, new BigDecimal("15"));
        plans.create(scope, new NewPlan("bundled", "Bundled", terms("20", bundle)));
    }

    private static NewPlanVersion terms(String price, BillingCycle cycle) {
        return new NewPlanVersion(
                new NewPrice(new BigDecimal(price), "USD"),
                cycle,
                List.of(new NewRate(
                        "minutes",
                        new BigDecimal("100"),
                        RateModel.PER_UNIT,
                        new BigDecimal("0.085"),
                        null,
                        null,
                        null)),
                null);
    }

    private static NewPlanVersion terms(String price, NewPayment payment) {
        NewPlanVersion terms = terms(price, BillingCycle.MONTH);
        return new NewPlanVersion(terms.price(), terms.cycle(), terms.rates(), null, null, payment);
    }

    Instant now() {
        return clocks.of(scope.tenant()).instant();
    }

    /** Moves the clock, all the way. */
    Reading go(Instant to) {
        moved.aim(scope, new Advance(to, null));
        Reading reading = moved.go(scope.tenant(), PATIENCE).reading();
        if (reading.moving() || !reading.now().equals(to)) {
            throw new AssertionError("not at " + to + " but " + reading);
        }
        return reading;
    }

    CustomerId customer(String plan) {
        CustomerId made = CustomerId.next(wall);
        customers.add(made);
        database.run(scope, () -> wallets.created(scope, made, Optional.empty()));
        choose(made, plan, When.NOW);
        return made;
    }

    void choose(CustomerId customer, String plan, When when) {
        subscriptions.choose(scope, customer, plan, when, OptionalLong.empty());
    }

    void pay(CustomerId customer, String amount) {
        grant(customer, amount, Optional.empty());
    }

    void grant(CustomerId customer, String amount, Optional<Grant> terms) {
        ledger.post(
                scope,
                List.of(new Posting(
                        customer,
                        new BigDecimal(amount),
                        EntryKind.PURCHASE,
                        Optional.empty(),
                        Optional.empty(),
                        UUID.randomUUID(),
                        false,
                        terms)));
    }

    Hold hold(CustomerId customer, String amount, Duration time) {
        return holds.place(
                scope, new NewHold(customer, new BigDecimal(amount), (int) time.toSeconds(), Optional.empty()));
    }

    EventResult use(String id, CustomerId customer, String minutes, Optional<Instant> time) {
        return usage.report(
                        scope,
                        List.of(new UsageEvent(
                                id,
                                "/voice",
                                "minutes",
                                customer,
                                time,
                                Optional.of(new BigDecimal(minutes)),
                                Optional.empty())))
                .get(0);
    }

    BigDecimal balance(CustomerId customer) {
        return ledger.balances(scope, List.of(customer)).get(customer).balance();
    }

    /** The rows of a query as the application's role sees them in this tenant, without what is random in ids. */
    List<String> rows(String sql, CustomerId of) {
        try (Connection connection = postgres.jdbc().connection()) {
            connection.setAutoCommit(false);
            try (Statement set = connection.createStatement()) {
                set.execute("set local app.tenant = '" + scope.tenant().uuid() + "'; set local time zone 'UTC'");
            }
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setObject(1, of.uuid());
                List<String> found = new ArrayList<>();
                ResultSet rows = query.executeQuery();
                while (rows.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.append(rows.getMetaData().getColumnName(i))
                                .append('=')
                                .append(rows.getString(i))
                                .append(' ');
                    }
                    found.add(row.toString().replaceAll("_[0-9a-z]{26}\\b", "_…"));
                }
                return found;
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
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
    public Set<CustomerId> existing(Scope asked, Collection<CustomerId> ids) {
        Set<CustomerId> there = new HashSet<>(ids);
        there.retainAll(customers);
        return there;
    }

    @Override
    public void require(Scope asked, CustomerId id) {
        if (!customers.contains(id)) {
            throw Problems.notFound();
        }
    }

    @Override
    public Map<CustomerId, String> names(Scope asked, Collection<CustomerId> ids) {
        return Map.of();
    }

    @Override
    public Tenant own(Scope asked) {
        return new Tenant(
                scope.tenant(), "sandbox", "Sandbox", "agency", "USD", ZONE, wall.instant(), 1, true, Optional.empty());
    }

    @Override
    public void record(
            Scope asked, String action, String subject, Optional<CustomerId> customer, Object before, Object after) {
        // what is audited is not what is tested here
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

    @Override
    public void changed(TenantId tenant, CustomerId customer) {
        // nobody remembers here
    }

    @Override
    public void improved(TenantId tenant, CustomerId customer) {
        // nobody remembers here
    }
}
