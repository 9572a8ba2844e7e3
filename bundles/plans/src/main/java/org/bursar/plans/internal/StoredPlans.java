package org.bursar.plans.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Meter;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.Plan;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Plans;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.internal.sql.MeterMapper;
import org.bursar.plans.internal.sql.PlanMapper;
import org.bursar.plans.internal.sql.PlanRow;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans in {@code plans.plan} and its versions. */
@Component
public final class StoredPlans implements Plans {
    private static final String SORT = "plan-key";
    private static final String VERSIONS = "plan-versions";

    private final Database database;
    private final Tenants tenants;
    private final Audit audit;
    private final Clock clock;
    private final PlanMapper sql;
    private final MeterMapper meters;
    private final PlanVersions versions;

    @Activate
    public StoredPlans(
            @Reference Database database, @Reference Tenants tenants, @Reference Audit audit, @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.audit = audit;
        this.clock = clock;
        this.sql = database.mapper("plans", PlanMapper.class);
        this.meters = database.mapper("plans", MeterMapper.class);
        this.versions = new PlanVersions(sql);
    }

    @Override
    public Plan create(Scope scope, NewPlan form) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            Checks checks = new Checks();
            PlanRow row = new PlanRow(
                    PlanId.next(clock),
                    Keys.checked(checks, form.key()),
                    checks.text("/name", form.name(), 200),
                    1,
                    clock.instant(),
                    1);
            PlanVersion first = checked(scope, checks, 1, form.terms());
            if (sql.insert(scope.tenant(), row) == 0) {
                throw new ProblemException(PlansProblems.KEY_TAKEN, "a plan has the key " + row.key());
            }
            versions.insert(scope.tenant(), new VersionKey(row.planId(), 1), first);
            Plan plan = plan(row, first);
            audit.record(scope, "plan.create", plan.id().toString(), Optional.empty(), null, state(plan));
            return plan;
        });
    }

    private PlanVersion checked(Scope scope, Checks checks, int number, NewPlanVersion form) {
        Map<String, Meter> named = named(meters, scope.tenant(), PlanTerms.meterNames(form));
        PlanVersion version =
                new PlanTerms(checks, tenants.own(scope).unit(), named).version(number, form, clock.instant());
        checks.done();
        return version;
    }

    /** The meters that names mean, by those names. */
    static Map<String, Meter> named(MeterMapper meters, TenantId tenant, Set<String> names) {
        List<UUID> ids = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (String name : names) {
            Optional<MeterId> id = Keys.meterId(name);
            if (id.isPresent()) {
                ids.add(id.get().uuid());
            } else if (Keys.possible(name)) {
                keys.add(name);
            }
        }
        Map<String, Meter> found = new HashMap<>();
        for (Meter meter : meters.byIds(tenant, ids.toArray(UUID[]::new))) {
            found.put(meter.id().toString(), meter);
        }
        for (Meter meter : meters.byKeys(tenant, keys.toArray(String[]::new))) {
            found.put(meter.key(), meter);
        }
        return found;
    }

    @Override
    public Plan get(Scope scope, String name) {
        return database.transact(
                scope, () -> find(scope, name).map(row -> plan(scope, row)).orElseThrow(Problems::notFound));
    }

    private Optional<PlanRow> find(Scope scope, String name) {
        Optional<PlanId> id = Keys.planId(name);
        if (id.isPresent()) {
            return sql.byId(scope.tenant(), id.get());
        }
        return Keys.possible(name) ? sql.byKey(scope.tenant(), name) : Optional.empty();
    }

    @Override
    public Page<Plan> list(Scope scope, Page.Request page) {
        String after = Keys.after(SORT, page);
        return database.transact(scope, () -> {
            Page<PlanRow> rows = Page.of(
                    sql.page(scope.tenant(), after, page.limit() + 1), page, row -> Cursor.encode(SORT, row.key()));
            Map<VersionKey, PlanVersion> current = versions.load(
                    scope.tenant(),
                    rows.items().stream().map(StoredPlans::current).toList());
            return rows.map(row -> plan(row, present(current.get(current(row)))));
        });
    }

    @Override
    public Plan rename(Scope scope, PlanId id, @Nullable String name, OptionalLong version) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        String checked = checks.text("/name", name, 200);
        checks.done();
        return database.transact(scope, () -> {
            PlanRow before = sql.byId(scope.tenant(), id).orElseThrow(Problems::notFound);
            if (sql.rename(scope.tenant(), id, version.orElse(before.version()), checked) == 0) {
                throw new ProblemException(Problems.STALE, "the plan changed meanwhile");
            }
            audit.record(
                    scope,
                    "plan.rename",
                    id.toString(),
                    Optional.empty(),
                    Map.of("name", before.name()),
                    Map.of("name", checked));
            return plan(scope, sql.byId(scope.tenant(), id).orElseThrow(Problems::notFound));
        });
    }

    @Override
    public PlanVersion addVersion(Scope scope, PlanId id, NewPlanVersion form) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            // the plan's row is locked, so that versions are numbered without a gap
            PlanRow row = sql.lock(scope.tenant(), id).orElseThrow(Problems::notFound);
            Plan before = plan(scope, row);
            int number = row.currentNumber() + 1;
            PlanVersion version = checked(scope, new Checks(), number, form);
            versions.insert(scope.tenant(), new VersionKey(id, number), version);
            sql.setCurrent(scope.tenant(), id, number);
            audit.record(
                    scope,
                    "plan.add-version",
                    id.toString(),
                    Optional.empty(),
                    state(before),
                    state(plan(row, version)));
            return version;
        });
    }

    @Override
    public Page<PlanVersion> versions(Scope scope, PlanId id, Page.Request page) {
        int before =
                page.after() == null ? OwnVersions.ABOVE + 1 : Math.min(number(page.after()), OwnVersions.ABOVE + 1);
        return database.transact(scope, () -> {
            if (sql.byId(scope.tenant(), id).isEmpty()) {
                throw Problems.notFound();
            }
            Page<VersionKey> keys = Page.of(
                            sql.numbers(scope.tenant(), id, before, page.limit() + 1),
                            page,
                            number -> Cursor.encode(VERSIONS, number))
                    .map(number -> new VersionKey(id, number));
            Map<VersionKey, PlanVersion> loaded = versions.load(scope.tenant(), keys.items());
            return keys.map(key -> present(loaded.get(key)));
        });
    }

    private static int number(String cursor) {
        try {
            return Integer.parseInt(Cursor.decode(VERSIONS, 1, cursor).get(0));
        } catch (NumberFormatException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public PlanVersion version(Scope scope, PlanId id, int number) {
        if (number > OwnVersions.ABOVE) {
            throw Problems.notFound(); // a customer's own
        }
        return database.transact(
                scope,
                () -> versions.find(scope.tenant(), new VersionKey(id, number)).orElseThrow(Problems::notFound));
    }

    private static VersionKey current(PlanRow row) {
        return new VersionKey(row.planId(), row.currentNumber());
    }

    private Plan plan(Scope scope, PlanRow row) {
        return plan(
                row,
                present(versions.load(scope.tenant(), List.of(current(row))).get(current(row))));
    }

    private static Plan plan(PlanRow row, PlanVersion current) {
        return new Plan(row.planId(), row.key(), row.name(), current, row.createdAt(), row.version());
    }

    private static PlanVersion present(@Nullable PlanVersion version) {
        if (version == null) {
            throw new IllegalStateException("a plan without its version");
        }
        return version;
    }

    private static Map<String, Object> state(Plan plan) {
        PlanVersion version = plan.current();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("key", plan.key());
        state.put("name", plan.name());
        state.put("version", version.number());
        state.put(
                "price",
                Decimals.text(version.price().amount()) + ' ' + version.price().currency());
        state.put("cycle", version.cycle().name());
        version.changes().upgrade().ifPresent(when -> state.put("upgrade", when.name()));
        version.changes().downgrade().ifPresent(when -> state.put("downgrade", when.name()));
        state.put("trialDays", version.payment().trialDays());
        version.payment().graceDays().ifPresent(days -> state.put("graceDays", days));
        state.put("minimum", Decimals.text(version.payment().minimum()));
        state.put("cycleStart", version.payment().start().name());
        state.put("allowance", Decimals.text(version.payment().allowance()));
        state.put(
                "rates",
                version.rates().stream()
                        .map(rate -> rate.meterKey() + ": " + rate.pricing().model() + ", included "
                                + Decimals.text(rate.included()))
                        .toList());
        return state;
    }
}
