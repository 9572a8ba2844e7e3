package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Meter;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Rate;
import org.bursar.plans.RatedUsage;
import org.bursar.plans.RatingBasis;
import org.bursar.plans.RatingExplanation;
import org.bursar.plans.Usage;
import org.bursar.plans.UsageRating;
import org.bursar.plans.internal.Cycles.Cycle;
import org.bursar.plans.internal.sql.CounterMapper;
import org.bursar.plans.internal.sql.LockedCounterRow;
import org.bursar.plans.internal.sql.MeterMapper;
import org.bursar.plans.internal.sql.PlanMapper;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.TermRow;
import org.bursar.tenancy.Tenants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Rates usage by the plan that held at its time, in the cycle that its time falls in. */
@Component
public final class CycleRating implements UsageRating {
    private static final int MOST_KNOWN = 1_000;
    private static final int MOST_BEGUN = 50_000;

    private final Database database;
    private final Tenants tenants;
    private final MeterMapper meters;
    private final SubscriptionMapper subscriptions;
    private final CounterMapper counters;
    private final PlanVersions versions;

    /** Versions never change once they are there, so what was read stays true; a plan's id says whose it is. */
    private final Map<VersionKey, PlanVersion> known = new ConcurrentHashMap<>();

    private final KnownMeters knownMeters = new KnownMeters();

    /** Counters that are there: nobody deletes one, so a customer's id says whose it is and no statement is needed to make it. */
    private final Set<Counter.Key> begun = ConcurrentHashMap.newKeySet();

    @Activate
    public CycleRating(@Reference Database database, @Reference Tenants tenants) {
        this.database = database;
        this.tenants = tenants;
        this.meters = database.mapper("plans", MeterMapper.class);
        this.subscriptions = database.mapper("plans", SubscriptionMapper.class);
        this.counters = database.mapper("plans", CounterMapper.class);
        this.versions = new PlanVersions(database.mapper("plans", PlanMapper.class));
    }

    @Override
    public Map<String, Meter> meters(Scope scope, Collection<String> keys) {
        Map<String, Meter> known = knownMeters.get(scope.tenant(), keys);
        if (known.size() == keys.size()) {
            return known;
        }
        String[] possible = keys.stream().filter(Keys::possible).toArray(String[]::new);
        List<Meter> read = database.transact(scope, () -> meters.byKeys(scope.tenant(), possible));
        // read in a transaction that may have made them and may yet be undone
        database.afterCommit(() -> knownMeters.remember(scope.tenant(), read));
        Map<String, Meter> found = new HashMap<>();
        read.forEach(meter -> found.put(meter.key(), meter));
        return found;
    }

    @Override
    public Map<MeterId, Meter> metersById(Scope scope, Collection<MeterId> ids) {
        UUID[] uuids = ids.stream().map(MeterId::uuid).toArray(UUID[]::new);
        Map<MeterId, Meter> found = new HashMap<>();
        for (Meter meter : database.transact(scope, () -> meters.byIds(scope.tenant(), uuids))) {
            found.put(meter.id(), meter);
        }
        return found;
    }

    @Override
    public List<RatedUsage> rate(Scope scope, List<Usage> usages) {
        return usages.isEmpty() ? List.of() : database.transact(scope, () -> rated(scope, usages));
    }

    @Override
    public RatingExplanation explain(Scope scope, MeterId meter, BigDecimal quantity, RatingBasis basis) {
        Optional<Rate> rate = basis.plan()
                .map(plan -> new VersionKey(plan, basis.version()))
                .map(key -> database.transact(scope, () -> versions.find(scope.tenant(), key))
                        .orElseThrow(Problems::notFound))
                .flatMap(version -> Counter.rate(version, meter));
        BigDecimal after = basis.before().add(quantity);
        BigDecimal priceBefore = price(rate, basis.before());
        BigDecimal priceAfter = price(rate, after);
        BigDecimal charge = Counter.charge(rate, basis.before(), after, basis.chargedBefore());
        BigDecimal unlimited = Decimals.charge(priceAfter).subtract(Decimals.charge(priceBefore));
        return new RatingExplanation(
                rate,
                basis.before(),
                after,
                priceBefore,
                priceAfter,
                charge,
                charge.compareTo(unlimited) != 0,
                Rating.cost(basis.costPerUnit(), basis.before(), after));
    }

    private static BigDecimal price(Optional<Rate> rate, BigDecimal quantity) {
        return rate.map(found -> Rating.price(found.pricing(), found.included(), quantity))
                .orElse(BigDecimal.ZERO);
    }

    private List<RatedUsage> rated(Scope scope, List<Usage> usages) {
        TenantId tenant = scope.tenant();
        Map<CustomerId, List<TermRow>> terms = terms(tenant, usages);
        ZoneId zone = tenants.own(scope).timeZone();
        List<Placed> placed = new ArrayList<>(usages.size());
        for (Usage usage : usages) {
            placed.add(Placed.of(usage, terms.getOrDefault(usage.customer(), List.of()), zone));
        }
        Opened opened = open(tenant, placed);
        Map<Counter.Key, Counter> open = opened.counters();
        Map<MeterId, Meter> used = used(scope, usages, opened.meterVersions());
        Map<VersionKey, PlanVersion> plans = plans(tenant, versionKeys(placed, open));
        List<RatedUsage> rated = new ArrayList<>(usages.size());
        for (Placed place : placed) {
            Counter counter = open.get(place.key());
            if (counter == null) {
                throw new IllegalStateException("a counter is gone: " + place.key());
            }
            Usage usage = place.usage();
            Optional<VersionKey> version = counter.version(place.at());
            rated.add(counter.add(
                    usage.quantity(),
                    version,
                    version.map(plans::get),
                    used.getOrDefault(usage.meter().id(), usage.meter()).costPerUnit()));
        }
        save(tenant, open.values());
        return rated;
    }

    /** The meters as they are now: those of the usages, or, when one of these has changed since it was read, read anew. */
    private Map<MeterId, Meter> used(Scope scope, List<Usage> usages, long present) {
        Map<MeterId, Meter> used = new HashMap<>();
        usages.forEach(usage -> used.put(usage.meter().id(), usage.meter()));
        if (used.values().stream().mapToLong(Meter::version).sum() == present) {
            return used;
        }
        knownMeters.forget(scope.tenant());
        return metersById(scope, used.keySet());
    }

    private Map<CustomerId, List<TermRow>> terms(TenantId tenant, List<Usage> usages) {
        Set<UUID> customers = new HashSet<>();
        for (Usage usage : usages) {
            customers.add(usage.customer().uuid());
        }
        Map<CustomerId, List<TermRow>> terms = new HashMap<>();
        for (TermRow row : subscriptions.terms(tenant, customers.toArray(UUID[]::new))) {
            terms.computeIfAbsent(row.customerId(), customer -> new ArrayList<>())
                    .add(row);
        }
        return terms;
    }

    private Map<VersionKey, PlanVersion> plans(TenantId tenant, Set<VersionKey> keys) {
        Map<VersionKey, PlanVersion> plans = new HashMap<>();
        List<VersionKey> missing = new ArrayList<>();
        for (VersionKey key : keys) {
            PlanVersion version = known.get(key);
            if (version == null) {
                missing.add(key);
            } else {
                plans.put(key, version);
            }
        }
        if (!missing.isEmpty()) {
            Map<VersionKey, PlanVersion> loaded = versions.load(tenant, missing);
            if (loaded.size() != missing.size()) {
                throw new IllegalStateException("a subscription whose plan is gone: " + missing);
            }
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.putAll(loaded);
            plans.putAll(loaded);
        }
        return plans;
    }

    private static Set<VersionKey> versionKeys(List<Placed> placed, Map<Counter.Key, Counter> open) {
        Set<VersionKey> keys = new LinkedHashSet<>();
        for (Placed place : placed) {
            Counter counter = open.get(place.key());
            if (counter != null) {
                counter.version(place.at()).ifPresent(keys::add);
            }
        }
        return keys;
    }

    /**
     * Locks the counters, creating those that are missing. Both statements take rows in the order of customer, cycle and meter,
     * and every row is there before the first is locked, so two batches can wait for each other in one direction only.
     */
    private Opened open(TenantId tenant, List<Placed> placed) {
        Map<Counter.Key, Cycle> cycles = new LinkedHashMap<>();
        for (Placed place : placed) {
            cycles.put(place.key(), place.at().cycle());
        }
        List<Counter.Key> keys = List.copyOf(cycles.keySet());
        UUID[] customers = keys.stream().map(key -> key.customer().uuid()).toArray(UUID[]::new);
        UUID[] meterIds = keys.stream().map(key -> key.meter().uuid()).toArray(UUID[]::new);
        Instant[] froms = keys.stream().map(Counter.Key::cycleFrom).toArray(Instant[]::new);
        Instant[] tos = cycles.values().stream().map(Cycle::to).toArray(Instant[]::new);
        if (begun.containsAll(keys)) {
            Opened open = locked(tenant, customers, meterIds, froms);
            if (open.counters().size() == keys.size()) {
                return open;
            }
            // the database is another one than it was, such as one that was restored
            begun.clear();
        }
        counters.addMissing(tenant, customers, meterIds, froms, tos);
        database.afterCommit(() -> remember(keys));
        return locked(tenant, customers, meterIds, froms);
    }

    /** Locked counters, and the sum of the versions of their meters. */
    private record Opened(Map<Counter.Key, Counter> counters, long meterVersions) {}

    private Opened locked(TenantId tenant, UUID[] customers, UUID[] meterIds, Instant[] froms) {
        Map<Counter.Key, Counter> open = new LinkedHashMap<>();
        long versions = 0;
        UUID[] distinct = Arrays.stream(meterIds).distinct().toArray(UUID[]::new);
        for (LockedCounterRow row : counters.lock(tenant, customers, meterIds, froms, distinct)) {
            open.put(new Counter.Key(row.customerId(), row.meterId(), row.cycleFrom()), new Counter(row.counter()));
            versions = Objects.requireNonNullElse(row.meterVersions(), 0L);
        }
        return new Opened(open, versions);
    }

    private void remember(List<Counter.Key> keys) {
        if (begun.size() >= MOST_BEGUN) {
            begun.clear();
        }
        begun.addAll(keys);
    }

    private void save(TenantId tenant, Collection<Counter> changed) {
        counters.update(
                tenant,
                changed.stream().map(counter -> counter.key().customer().uuid()).toArray(UUID[]::new),
                changed.stream().map(counter -> counter.key().meter().uuid()).toArray(UUID[]::new),
                changed.stream().map(counter -> counter.key().cycleFrom()).toArray(Instant[]::new),
                changed.stream().map(Counter::consumed).toArray(BigDecimal[]::new),
                changed.stream().map(Counter::charge).toArray(BigDecimal[]::new),
                changed.stream().map(Counter::cost).toArray(BigDecimal[]::new));
    }

    /** A usage with its cycle and the plan that held at its time. */
    private record Placed(Usage usage, TermCycle at) {
        static Placed of(Usage usage, List<TermRow> terms, ZoneId zone) {
            return new Placed(usage, TermCycle.at(usage.time(), terms, zone));
        }

        Counter.Key key() {
            return new Counter.Key(
                    usage.customer(), usage.meter().id(), at.cycle().from());
        }
    }
}
