package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.bursar.credits.Ledger;
import org.bursar.customers.AccessMemory;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.SubscriptionId;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.SubscribedAddOn;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.internal.PlanChange.Held;
import org.bursar.plans.internal.PlanChange.Wanted;
import org.bursar.plans.internal.sql.MinimumMapper;
import org.bursar.plans.internal.sql.PlanMapper;
import org.bursar.plans.internal.sql.PlanRow;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.plans.internal.sql.TermRow;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;

/** Starts subscriptions and changes their plans, in the transaction of whoever calls. */
final class PlanChoice {
    private static final String ACTIVE = "ACTIVE";
    private static final String TRIALING = "TRIALING";

    private final Tenants tenants;
    private final TenantClocks clocks;
    private final AccessMemory access;
    private final PlanMapper plans;
    private final PlanVersions versions;
    private final SubscriptionMapper sql;
    private final MinimumMapper minimums;
    private final OwnVersions own;
    private final SubscriptionAddOns addOns;
    private final Allowances allowances;

    PlanChoice(Database database, Tenants tenants, TenantClocks clocks, AccessMemory access, Ledger ledger) {
        this.tenants = tenants;
        this.clocks = clocks;
        this.access = access;
        this.plans = database.mapper("plans", PlanMapper.class);
        this.versions = new PlanVersions(plans);
        this.sql = database.mapper("plans", SubscriptionMapper.class);
        this.minimums = database.mapper("plans", MinimumMapper.class);
        this.own = new OwnVersions(database, tenants);
        this.addOns = new SubscriptionAddOns(database, clocks);
        this.allowances = new Allowances(ledger);
    }

    /** The plan that a name means, with its newest version. */
    Chosen named(TenantId tenant, @Nullable String name) {
        PlanRow row = row(tenant, name);
        VersionKey key = new VersionKey(row.planId(), row.currentNumber());
        PlanVersion version =
                versions.find(tenant, key).orElseThrow(() -> new IllegalStateException("a plan without its version"));
        return new Chosen(key, row.key(), row.name(), version, Agreed.NOTHING);
    }

    /**
     * A plan's version that is to be a customer's.
     *
     * @param key of the version, or of the one that the customer's own is made from
     * @param version its terms, with what was agreed
     * @param agreed what the customer's own version that is to be written has instead; nothing: none is to be written
     */
    record Chosen(VersionKey key, String planKey, String planName, PlanVersion version, Agreed agreed) {
        Wanted wanted() {
            return new Wanted(
                    version.price().amount(),
                    version.cycle(),
                    version.payment().start(),
                    version.changes(),
                    version.payment().trialDays());
        }
    }

    /** Locks the customer's subscription, as far as there is one; whoever may be served is asked for anew. */
    Optional<Long> lock(Scope scope, CustomerId customer) {
        access.changed(scope.tenant(), customer);
        return sql.lock(scope.tenant(), customer);
    }

    /** Gives a plan to a customer who never had one. */
    void begin(Scope scope, CustomerId customer, Chosen chosen) {
        access.changed(scope.tenant(), customer);
        start(scope, customer, chosen);
        if (chosen.version().payment().trialDays() == 0) {
            bring(scope, customer);
        }
    }

    /** What the cycle that has just begun brings. */
    void bring(Scope scope, CustomerId customer) {
        SubscriptionRow row = sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
        Instant now = clocks.of(scope.tenant()).instant();
        allowances.grant(scope, row, row.stubFrom() == null ? row.anchor() : row.stubFrom(), now);
    }

    /** The tenant's time zone, by which new cycles are counted. */
    ZoneId zone(Scope scope) {
        return tenants.own(scope).timeZone();
    }

    /** What a subscription would become by a plan; nothing is written. */
    PlanChange change(Scope scope, Optional<SubscriptionRow> row, Chosen chosen, @Nullable When when, Instant now) {
        ZoneId zone = tenants.own(scope).timeZone();
        return row.filter(present -> !present.cancelled())
                .map(present -> PlanChange.of(
                        held(present, addOns.of(scope.tenant(), present.customerId())),
                        chosen.wanted(),
                        when,
                        zone,
                        now))
                .orElseGet(() -> PlanChange.begin(chosen.wanted(), zone, now));
    }

    /** The cycles of a subscription. */
    static Cycles cycles(SubscriptionRow row) {
        return new Cycles(row.anchor(), row.cycle(), ZoneId.of(row.zone()), row.stubFrom());
    }

    /** A subscription as a change of its plan or its add-ons sees it. */
    static Held held(SubscriptionRow row, List<SubscribedAddOn> addOns) {
        return new Held(
                row.priceAmount(),
                cycles(row),
                row.paidUntil(),
                Optional.ofNullable(row.paidPrice()),
                RecurringCost.monthly(addOns),
                row.trialing());
    }

    /** Writes a change that was worked out from this row while it is locked. */
    void apply(Scope scope, SubscriptionRow row, Chosen chosen, PlanChange change) {
        TenantId tenant = scope.tenant();
        VersionKey key =
                own.written(tenant, row.customerId(), chosen, clocks.of(tenant).instant());
        switch (change.effect()) {
            case BEGIN -> restart(scope, row, key, chosen, change, change.at());
            case NEW_CYCLE -> restart(scope, row, key, chosen, change, row.startedAt());
            case WITHIN_CYCLE -> {
                BigDecimal paid = change.paid().orElse(null);
                BillingCycle cycle = chosen.version().cycle();
                sql.change(tenant, row.customerId(), key.plan(), key.number(), cycle, paid);
                Cycles cycles = new Cycles(row.anchor(), cycle, ZoneId.of(row.zone()), row.stubFrom());
                addTerm(tenant, row.customerId(), key, cycles, change.at(), paid(change, chosen));
            }
            case AT_CYCLE_END -> sql.changeAtEnd(tenant, row.customerId(), key.plan(), key.number());
        }
    }

    /** What was agreed to happen when the cycle ends. The row is locked and the end has come. */
    void turnOver(Scope scope, SubscriptionRow row) {
        TenantId tenant = scope.tenant();
        CustomerId customer = row.customerId();
        Instant end = row.paidUntil();
        if (row.cancelAtEnd()) {
            cancel(scope, row, end);
            return;
        }
        boolean pending = row.pendingPlanId() != null && row.pendingNumber() != null;
        if (!pending && !row.trialing()) {
            return;
        }
        // of who is past due the end lies in the past, and a plan may have been chosen since
        sql.dropTerms(tenant, customer, end);
        VersionKey key = row.pendingPlanId() != null && row.pendingNumber() != null
                ? new VersionKey(row.pendingPlanId(), row.pendingNumber())
                : new VersionKey(row.planId(), row.number());
        PlanVersion version = versions.find(tenant, key)
                .orElseThrow(() -> new IllegalStateException("a pending plan without its version"));
        CycleStart start = version.payment().start();
        boolean same = version.cycle() == row.cycle() && start == cycles(row).start();
        if (same && !row.trialing()) {
            sql.change(tenant, customer, key.plan(), key.number(), row.cycle(), row.paidPrice());
            addTerm(tenant, customer, key, cycles(row), end, Optional.of(version));
            return;
        }
        ZoneId zone = tenants.own(scope).timeZone();
        Cycles cycles = Cycles.beginning(end, version.cycle(), start, zone);
        // after a trial the first cycle begins, and it is owed like any other
        sql.restart(
                tenant,
                customer,
                key.plan(),
                key.number(),
                row.trialing() ? ACTIVE : row.status(),
                cycles.anchor(),
                cycles.stub(),
                version.cycle(),
                zone.getId(),
                end,
                null,
                row.startedAt());
        addTerm(tenant, customer, key, cycles, end, Optional.of(version));
    }

    /** Ends a subscription from an instant on, and its add-ons with it. */
    void cancel(Scope scope, SubscriptionRow row, Instant at) {
        sql.cancel(scope.tenant(), row.customerId(), at);
        addOns.end(scope.tenant(), row.customerId());
        sql.dropTerms(scope.tenant(), row.customerId(), at);
        sql.addTerm(
                scope.tenant(),
                row.customerId(),
                new TermRow(
                        row.customerId(), at, null, null, row.anchor(), row.stubFrom(), row.cycle(), row.zone(), null));
        minimums.look(scope.tenant(), row.customerId(), at);
    }

    /** A version of a plan, be it the newest or not. */
    Chosen exactly(TenantId tenant, VersionKey key) {
        PlanRow row = plans.byId(tenant, key.plan()).orElseThrow(Problems::notFound);
        PlanVersion version = versions.find(tenant, key).orElseThrow(Problems::notFound);
        return new Chosen(key, row.key(), row.name(), version, Agreed.NOTHING);
    }

    private PlanRow row(TenantId tenant, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw new ProblemException(Problems.invalid("/plan", FieldProblems.REQUIRED, "required"));
        }
        Optional<PlanId> id = Keys.planId(name);
        Optional<PlanRow> row = id.isPresent()
                ? plans.byId(tenant, id.get())
                : Keys.possible(name) ? plans.byKey(tenant, name) : Optional.empty();
        return row.orElseThrow(() -> new ProblemException(Problems.invalid(
                "/plan", PlansProblems.UNKNOWN_PLAN, "there is no such plan; GET /api/v1/plans lists them")));
    }

    private static Optional<PlanVersion> paid(PlanChange change, Chosen chosen) {
        return change.trial() ? Optional.empty() : Optional.of(chosen.version());
    }

    private void start(Scope scope, CustomerId customer, Chosen chosen) {
        Instant now = clocks.of(scope.tenant()).instant();
        start(scope, customer, chosen, PlanChange.begin(chosen.wanted(), zone(scope), now));
    }

    /** Gives a plan to a customer who never had one, as was worked out. */
    void start(Scope scope, CustomerId customer, Chosen chosen, PlanChange change) {
        Instant now = change.at();
        VersionKey key = chosen.key();
        ZoneId zone = zone(scope);
        Cycles cycles = chosen.wanted().cycles(now, zone);
        int rows = sql.insert(
                scope.tenant(),
                customer,
                SubscriptionId.next(clocks.wall()),
                key.plan(),
                key.number(),
                change.trial() ? TRIALING : ACTIVE,
                cycles.anchor(),
                cycles.stub(),
                chosen.version().cycle(),
                zone.getId(),
                change.paidUntil(),
                now);
        if (rows == 0) {
            throw new ProblemException(Problems.CONFLICT, "the customer has just been given a plan");
        }
        addTerm(scope.tenant(), customer, key, cycles, now, paid(change, chosen));
    }

    private void restart(
            Scope scope, SubscriptionRow row, VersionKey key, Chosen chosen, PlanChange change, Instant startedAt) {
        Cycles cycles = chosen.wanted().cycles(change.at(), tenants.own(scope).timeZone());
        sql.restart(
                scope.tenant(),
                row.customerId(),
                key.plan(),
                key.number(),
                change.trial() ? TRIALING : ACTIVE,
                cycles.anchor(),
                cycles.stub(),
                cycles.length(),
                cycles.zone().getId(),
                change.paidUntil(),
                change.paid().orElse(null),
                startedAt);
        addTerm(scope.tenant(), row.customerId(), key, cycles, change.at(), paid(change, chosen));
    }

    /** What holds from an instant on; a minimum does not in a trial. */
    private void addTerm(
            TenantId tenant,
            CustomerId customer,
            VersionKey key,
            Cycles cycles,
            Instant from,
            Optional<PlanVersion> paid) {
        sql.addTerm(
                tenant,
                customer,
                new TermRow(
                        customer,
                        from,
                        key.plan(),
                        key.number(),
                        cycles.anchor(),
                        cycles.stub(),
                        cycles.length(),
                        cycles.zone().getId(),
                        paid.map(version -> PlanVersions.minimum(version.payment()))
                                .orElse(null)));
        minimums.look(tenant, customer, from);
    }
}
