package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldCode;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Meter;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.Rate;
import org.bursar.plans.RepricedCycle;
import org.bursar.plans.RepricedMeter;
import org.bursar.plans.RepricingTerms;
import org.bursar.plans.UsageRepricing;
import org.bursar.plans.internal.Cycles.Cycle;
import org.bursar.plans.internal.sql.CounterMapper;
import org.bursar.plans.internal.sql.CounterRow;
import org.bursar.plans.internal.sql.MeterMapper;
import org.bursar.plans.internal.sql.OwnVersionMapper;
import org.bursar.plans.internal.sql.PartRow;
import org.bursar.plans.internal.sql.PlanMapper;
import org.bursar.plans.internal.sql.PlanRow;
import org.bursar.plans.internal.sql.RepricedColumns;
import org.bursar.plans.internal.sql.RepricedRow;
import org.bursar.plans.internal.sql.RepricingMapper;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.plans.internal.sql.TermRow;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Reprices counters in {@code plans.usage_cycle}. It locks the subscription first, so that no plan is chosen meanwhile, and then the
 * counters, as usage does: every meter that could be charged in the cycle has one from then on, or usage of a meter that nobody
 * had used before would be priced as if nothing had happened.
 */
@Component
public final class CycleRepricing implements UsageRepricing {
    private final Database database;
    private final Tenants tenants;
    private final TenantClocks clocks;
    private final SubscriptionMapper subscriptions;
    private final PlanMapper plans;
    private final PlanVersions versions;
    private final MeterMapper meters;
    private final CounterMapper counters;
    private final OwnVersionMapper own;
    private final RepricingMapper sql;

    @Activate
    public CycleRepricing(@Reference Database database, @Reference Tenants tenants, @Reference TenantClocks clocks) {
        this.database = database;
        this.tenants = tenants;
        this.clocks = clocks;
        this.subscriptions = database.mapper("plans", SubscriptionMapper.class);
        this.plans = database.mapper("plans", PlanMapper.class);
        this.versions = new PlanVersions(plans);
        this.meters = database.mapper("plans", MeterMapper.class);
        this.counters = database.mapper("plans", CounterMapper.class);
        this.own = database.mapper("plans", OwnVersionMapper.class);
        this.sql = database.mapper("plans", RepricingMapper.class);
    }

    private Instant now(TenantId tenant) {
        return clocks.of(tenant).instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public RepricedCycle preview(Scope scope, CustomerId customer, RepricingTerms terms) {
        return database.transact(scope, () -> {
            Target target = target(scope, customer, terms);
            List<Part> parts =
                    parts(scope.tenant(), customer, target, counters.of(scope.tenant(), customer, target.from()));
            return repriced(scope.tenant(), target, parts);
        });
    }

    @Override
    public RepricedCycle reprice(Scope scope, CustomerId customer, RepricingTerms terms, RepricingId repricing) {
        return database.transact(scope, () -> {
            TenantId tenant = scope.tenant();
            subscriptions.lock(tenant, customer);
            Target target = target(scope, customer, terms);
            addMissing(tenant, customer, target);
            List<CounterRow> locked = counters.lockAll(tenant, customer, target.from());
            // resets are read after the lock: each of them had it
            List<Part> parts = parts(tenant, customer, target, locked);
            List<Part> present =
                    parts.stream().filter(part -> part.row().part() == 0).toList();
            sql.reprice(
                    tenant,
                    customer,
                    target.from(),
                    present.stream().map(part -> part.row().meterId().uuid()).toArray(UUID[]::new),
                    present.stream().map(Part::charge).toArray(BigDecimal[]::new),
                    target.key().plan(),
                    target.key().number(),
                    now(tenant));
            sql.keep(tenant, customer, repricing, target.from(), columns(used(parts)));
            return repriced(tenant, target, parts);
        });
    }

    @Override
    public List<RepricedMeter> changed(Scope scope, CustomerId customer, RepricingId repricing) {
        return database.transact(scope, () -> sql.changed(scope.tenant(), customer, repricing)).stream()
                .map(CycleRepricing::meter)
                .toList();
    }

    private static RepricedMeter meter(RepricedRow row) {
        return new RepricedMeter(
                row.meterId(),
                row.meterKey(),
                Optional.ofNullable(row.resetAt()),
                row.quantity(),
                row.charged(),
                row.charge());
    }

    /**
     * Which cycle is priced by what.
     *
     * @param held the versions that held in the cycle, in their order
     */
    private record Target(Cycle cycle, VersionKey key, PlanVersion version, List<VersionKey> held) {
        Instant from() {
            return cycle.from();
        }
    }

    /** A part of a meter's usage with what it is charged by the new prices. */
    private record Part(PartRow row, BigDecimal charge) {}

    private Target target(Scope scope, CustomerId customer, RepricingTerms wanted) {
        TenantId tenant = scope.tenant();
        List<TermRow> terms = subscriptions.terms(tenant, new UUID[] {customer.uuid()});
        TermCycle at = TermCycle.at(wanted.within(), terms, tenants.own(scope).timeZone());
        Cycle cycle = at.cycle();
        if (cycle.from().isAfter(now(tenant))) {
            throw invalid("/cycle", FieldProblems.OUT_OF_RANGE, "the cycle has not begun");
        }
        List<VersionKey> held = held(at, terms);
        PlanRow plan = plan(tenant, wanted.plan(), held);
        int number = Objects.requireNonNullElseGet(wanted.version(), () -> newest(tenant, customer, plan, held));
        VersionKey key = new VersionKey(plan.planId(), number);
        PlanVersion version = Optional.of(key)
                .filter(wished -> number <= OwnVersions.ABOVE
                        || own.find(tenant, customer, plan.planId(), number).isPresent())
                .flatMap(allowed -> versions.find(tenant, allowed))
                .orElseThrow(() -> invalid(
                        "/version", FieldProblems.NOT_FOUND, "the plan has the versions 1 to " + plan.currentNumber()));
        return new Target(cycle, key, version, held);
    }

    /** The customer's own version of a plan, as far as it has one now or had one last in the cycle; else the plan's newest. */
    private int newest(TenantId tenant, CustomerId customer, PlanRow plan, List<VersionKey> held) {
        Optional<Integer> present = subscriptions
                .find(tenant, customer)
                .filter(row -> !row.cancelled() && row.planId().equals(plan.planId()))
                .map(SubscriptionRow::number);
        return present.or(() -> held.stream()
                        .filter(key -> key.plan().equals(plan.planId()))
                        .map(VersionKey::number)
                        .reduce((earlier, later) -> later))
                .filter(number -> number > OwnVersions.ABOVE)
                .orElse(plan.currentNumber());
    }

    /** The versions that held in a cycle: each term is asked at its first instant in it. */
    private static List<VersionKey> held(TermCycle at, List<TermRow> terms) {
        Cycle cycle = at.cycle();
        List<VersionKey> held = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Instant begins = terms.get(i).startsAt();
            Instant first = begins.isBefore(cycle.from()) ? cycle.from() : begins;
            boolean before =
                    i + 1 < terms.size() && !terms.get(i + 1).startsAt().isAfter(first);
            if (before || !first.isBefore(cycle.to())) {
                continue;
            }
            TermCycle own = TermCycle.at(first, terms, ZoneOffset.UTC);
            if (own.cycle().from().equals(cycle.from())) {
                own.version().ifPresent(held::add);
            }
        }
        return held;
    }

    private PlanRow plan(TenantId tenant, @Nullable String name, List<VersionKey> held) {
        if (name != null) {
            Optional<PlanId> id = Keys.planId(name);
            return id.flatMap(known -> plans.byId(tenant, known))
                    .or(() -> Keys.possible(name) ? plans.byKey(tenant, name) : Optional.empty())
                    .orElseThrow(() -> invalid("/plan", PlansProblems.UNKNOWN_PLAN, "there is no such plan"));
        }
        if (held.isEmpty()) {
            throw invalid("/plan", FieldProblems.REQUIRED, "no plan held in the cycle, so say which one is to hold");
        }
        return plans.byId(tenant, held.get(held.size() - 1).plan())
                .orElseThrow(() -> new IllegalStateException("a subscription whose plan is gone"));
    }

    private static ProblemException invalid(String pointer, FieldCode code, String detail) {
        return new ProblemException(Problems.invalid(pointer, code, detail));
    }

    /** Counters of every meter that this or one of the versions that held has a price for. */
    private void addMissing(TenantId tenant, CustomerId customer, Target target) {
        Set<MeterId> priced = new LinkedHashSet<>();
        Stream.concat(
                        Stream.of(target.version()),
                        versions.load(tenant, new HashSet<>(target.held())).values().stream())
                .flatMap(version -> version.rates().stream())
                .forEach(rate -> priced.add(rate.meter()));
        int many = priced.size();
        counters.addMissing(
                tenant,
                Collections.nCopies(many, customer.uuid()).toArray(UUID[]::new),
                priced.stream().map(MeterId::uuid).toArray(UUID[]::new),
                Collections.nCopies(many, target.from()).toArray(Instant[]::new),
                Collections.nCopies(many, target.cycle().to()).toArray(Instant[]::new));
    }

    private List<Part> parts(TenantId tenant, CustomerId customer, Target target, List<CounterRow> rows) {
        List<PartRow> all = new ArrayList<>(sql.resets(tenant, customer, target.from()));
        for (CounterRow row : rows) {
            all.add(new PartRow(row.meterId(), 0, null, row.consumed(), row.charge()));
        }
        List<Part> parts = new ArrayList<>(all.size());
        for (PartRow row : all) {
            Optional<Rate> rate = Counter.rate(target.version(), row.meterId());
            parts.add(new Part(row, Counter.charge(rate, row.quantity())));
        }
        return parts;
    }

    private static List<Part> used(List<Part> parts) {
        return parts.stream()
                .filter(part -> part.row().quantity().signum() != 0
                        || part.row().charged().signum() != 0)
                .toList();
    }

    @SuppressWarnings("NullAway") // an array of a nullable column has nulls
    private static RepricedColumns columns(List<Part> parts) {
        return new RepricedColumns(
                parts.stream().map(part -> part.row().meterId().uuid()).toArray(UUID[]::new),
                parts.stream().map(part -> part.row().part()).toArray(Integer[]::new),
                parts.stream()
                        .map(part -> part.row().resetAt())
                        .map(at -> at == null ? null : at.toString())
                        .toArray(String[]::new),
                parts.stream().map(part -> part.row().quantity()).toArray(BigDecimal[]::new),
                parts.stream().map(part -> part.row().charged()).toArray(BigDecimal[]::new),
                parts.stream().map(Part::charge).toArray(BigDecimal[]::new));
    }

    private RepricedCycle repriced(TenantId tenant, Target target, List<Part> parts) {
        List<Part> used = used(parts);
        UUID[] ids = used.stream().map(part -> part.row().meterId().uuid()).toArray(UUID[]::new);
        Map<MeterId, String> keys = new HashMap<>();
        for (Meter meter : meters.byIds(tenant, ids)) {
            keys.put(meter.id(), meter.key());
        }
        List<RepricedMeter> repriced = new ArrayList<>();
        for (Part part : used) {
            PartRow row = part.row();
            repriced.add(new RepricedMeter(
                    row.meterId(),
                    Objects.requireNonNull(keys.get(row.meterId())),
                    Optional.ofNullable(row.resetAt()),
                    row.quantity(),
                    row.charged(),
                    part.charge()));
        }
        // stable: what resets took off comes first, in their order
        repriced.sort(Comparator.comparing(RepricedMeter::meterKey));
        return new RepricedCycle(
                target.from(),
                target.cycle().to(),
                target.key().plan(),
                target.key().number(),
                repriced);
    }
}
