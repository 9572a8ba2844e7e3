package org.bursar.plans.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.bursar.plans.PlanVersion;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.internal.sql.PlanMapper;
import org.bursar.plans.internal.sql.PlanRow;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.plans.internal.sql.TermRow;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;

/** Starts subscriptions and changes their plans, in the transaction of whoever calls. */
final class PlanChoice {
    private final Tenants tenants;
    private final TenantClocks clocks;
    private final AccessMemory access;
    private final PlanMapper plans;
    private final PlanVersions versions;
    private final SubscriptionMapper sql;
    private final SubscriptionAddOns addOns;

    PlanChoice(Database database, Tenants tenants, TenantClocks clocks, AccessMemory access) {
        this.tenants = tenants;
        this.clocks = clocks;
        this.access = access;
        this.plans = database.mapper("plans", PlanMapper.class);
        this.versions = new PlanVersions(plans);
        this.sql = database.mapper("plans", SubscriptionMapper.class);
        this.addOns = new SubscriptionAddOns(database, clocks);
    }

    /** Makes the newest version of a plan the customer's. */
    void choose(Scope scope, CustomerId customer, @Nullable String name, When when, OptionalLong expected) {
        VersionKey key = key(scope.tenant(), name);
        PlanVersion version = versions.find(scope.tenant(), key)
                .orElseThrow(() -> new IllegalStateException("a plan without its version"));
        access.changed(scope.tenant(), customer);
        Optional<Long> present = sql.lock(scope.tenant(), customer);
        if (expected.isPresent() && (present.isEmpty() || present.get() != expected.getAsLong())) {
            throw new ProblemException(Problems.STALE, "the subscription changed meanwhile");
        }
        if (present.isEmpty()) {
            start(scope, customer, key, version);
            return;
        }
        SubscriptionRow row = sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
        if (row.cancelled()) {
            restart(scope, customer, key, version, clocks.of(scope.tenant()).instant());
        } else if (when == When.CYCLE_END) {
            sql.changeAtEnd(scope.tenant(), customer, key.plan(), key.number());
        } else if (row.cycle() != version.cycle()) {
            restart(scope, customer, key, version, row.startedAt());
        } else {
            sql.change(scope.tenant(), customer, key.plan(), key.number());
            addTerm(scope.tenant(), row, key, clocks.of(scope.tenant()).instant());
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
        if (row.pendingPlanId() == null || row.pendingNumber() == null) {
            return;
        }
        // of who is past due the end lies in the past, and a plan may have been chosen since
        sql.dropTerms(tenant, customer, end);
        VersionKey key = new VersionKey(row.pendingPlanId(), row.pendingNumber());
        PlanVersion version = versions.find(tenant, key)
                .orElseThrow(() -> new IllegalStateException("a pending plan without its version"));
        if (version.cycle() == row.cycle()) {
            sql.change(tenant, customer, key.plan(), key.number());
            addTerm(tenant, row, key, end);
            return;
        }
        String zone = tenants.own(scope).timeZone().getId();
        sql.restart(tenant, customer, key.plan(), key.number(), end, version.cycle(), zone, end, row.startedAt());
        sql.addTerm(tenant, customer, new TermRow(customer, end, key.plan(), key.number(), end, version.cycle(), zone));
    }

    /** Ends a subscription from an instant on, and its add-ons with it. */
    void cancel(Scope scope, SubscriptionRow row, Instant at) {
        sql.cancel(scope.tenant(), row.customerId(), at);
        addOns.end(scope.tenant(), row.customerId());
        sql.dropTerms(scope.tenant(), row.customerId(), at);
        sql.addTerm(
                scope.tenant(),
                row.customerId(),
                new TermRow(row.customerId(), at, null, null, row.anchor(), row.cycle(), row.zone()));
    }

    private VersionKey key(TenantId tenant, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw new ProblemException(Problems.invalid("/plan", FieldProblems.REQUIRED, "required"));
        }
        Optional<PlanId> id = Keys.planId(name);
        Optional<PlanRow> row = id.isPresent()
                ? plans.byId(tenant, id.get())
                : Keys.possible(name) ? plans.byKey(tenant, name) : Optional.empty();
        return row.map(plan -> new VersionKey(plan.planId(), plan.currentNumber()))
                .orElseThrow(() -> new ProblemException(Problems.invalid(
                        "/plan", PlansProblems.UNKNOWN_PLAN, "there is no such plan; GET /api/v1/plans lists them")));
    }

    private void start(Scope scope, CustomerId customer, VersionKey key, PlanVersion version) {
        Instant now = clocks.of(scope.tenant()).instant();
        Cycles cycles = new Cycles(now, version.cycle(), tenants.own(scope).timeZone());
        int rows = sql.insert(
                scope.tenant(),
                customer,
                SubscriptionId.next(clocks.wall()),
                key.plan(),
                key.number(),
                version.cycle(),
                cycles.zone().getId(),
                cycles.at(now).to(),
                now);
        if (rows == 0) {
            throw new ProblemException(Problems.CONFLICT, "the customer has just been given a plan");
        }
        sql.addTerm(scope.tenant(), customer, term(customer, key, cycles));
    }

    private void restart(Scope scope, CustomerId customer, VersionKey key, PlanVersion version, Instant startedAt) {
        Instant now = clocks.of(scope.tenant()).instant();
        Cycles cycles = new Cycles(now, version.cycle(), tenants.own(scope).timeZone());
        String zone = cycles.zone().getId();
        Instant end = cycles.at(now).to();
        sql.restart(scope.tenant(), customer, key.plan(), key.number(), now, version.cycle(), zone, end, startedAt);
        sql.addTerm(scope.tenant(), customer, term(customer, key, cycles));
    }

    private void addTerm(TenantId tenant, SubscriptionRow row, VersionKey key, Instant from) {
        sql.addTerm(
                tenant,
                row.customerId(),
                new TermRow(row.customerId(), from, key.plan(), key.number(), row.anchor(), row.cycle(), row.zone()));
    }

    private static TermRow term(CustomerId customer, VersionKey key, Cycles cycles) {
        return new TermRow(
                customer,
                cycles.anchor(),
                key.plan(),
                key.number(),
                cycles.anchor(),
                cycles.length(),
                cycles.zone().getId());
    }
}
