package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Ledger;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problems;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.metering.NewRepricing;
import org.bursar.metering.Repricing;
import org.bursar.metering.Repricings;
import org.bursar.metering.internal.sql.HourRow;
import org.bursar.metering.internal.sql.RepricingMapper;
import org.bursar.metering.internal.sql.RepricingRow;
import org.bursar.metering.internal.sql.UsageMapper;
import org.bursar.plans.RepricedCycle;
import org.bursar.plans.RepricedMeter;
import org.bursar.plans.RepricingTerms;
import org.bursar.plans.UsageRepricing;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Repricings in {@code metering.repricing}. They take their locks in the order of usage: counters of the cycle, wallet, sums. */
@Component
public final class StoredRepricings implements Repricings {
    private static final String NEWEST = "newest";
    private static final UUID AFTER_ALL = new UUID(-1, -1);
    private static final int LONGEST_REASON = 450;

    /** Years that PostgreSQL and people know. */
    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("3000-01-01T00:00:00Z");

    private final Database database;
    private final Customers customers;
    private final UsageRepricing pricing;
    private final Ledger ledger;
    private final Audit audit;
    private final Clock clock;
    private final RepricingMapper sql;
    private final UsageMapper sums;

    @Activate
    public StoredRepricings(
            @Reference Database database,
            @Reference Customers customers,
            @Reference UsageRepricing pricing,
            @Reference Ledger ledger,
            @Reference Audit audit,
            @Reference Clock clock) {
        this.database = database;
        this.customers = customers;
        this.pricing = pricing;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
        this.sql = database.mapper("metering", RepricingMapper.class);
        this.sums = database.mapper("metering", UsageMapper.class);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public RepricedCycle preview(Scope scope, CustomerId customer, NewRepricing wanted) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        RepricingTerms terms = terms(checks, wanted);
        checks.optionalText("/reason", wanted.reason(), LONGEST_REASON);
        checks.done();
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            return pricing.preview(scope, customer, terms);
        });
    }

    @Override
    public Repricing reprice(Scope scope, CustomerId customer, NewRepricing wanted) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        RepricingTerms terms = terms(checks, wanted);
        String reason = checks.text("/reason", wanted.reason(), LONGEST_REASON);
        checks.done();
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            RepricingId id = RepricingId.next(clock);
            RepricedCycle cycle = pricing.reprice(scope, customer, terms, id);
            post(scope, customer, id, cycle.difference(), reason);
            spread(scope.tenant(), customer, cycle);
            RepricingRow row = new RepricingRow(
                    id,
                    cycle.from(),
                    cycle.to(),
                    cycle.plan(),
                    cycle.version(),
                    cycle.difference(),
                    reason,
                    scope.actor().name(),
                    now());
            sql.insert(scope.tenant(), customer, row);
            audit.record(scope, "usage.reprice", id.toString(), Optional.of(customer), null, state(row));
            return repricing(customer, row, cycle.meters());
        });
    }

    private static RepricingTerms terms(Checks checks, NewRepricing wanted) {
        Instant within = checks.present("/cycle", wanted.cycle());
        if (within != null) {
            checks.that(
                    !within.isBefore(BEGINNING) && within.isBefore(END),
                    "/cycle",
                    FieldProblems.OUT_OF_RANGE,
                    "an instant of the years 2000 to 2999");
        }
        if (wanted.version() != null) {
            checks.range("/version", wanted.version(), 1, Integer.MAX_VALUE);
        }
        return new RepricingTerms(within == null ? BEGINNING : within, wanted.plan(), wanted.version());
    }

    /** One entry, under a key of its own; usage that turns out dearer is owed like any other. */
    private void post(Scope scope, CustomerId customer, RepricingId id, BigDecimal difference, String reason) {
        if (difference.signum() == 0) {
            return;
        }
        Posting posting = new Posting(
                customer,
                difference.negate(),
                EntryKind.USAGE,
                Optional.of(id.toString()),
                Optional.of("Repriced: " + reason),
                id.uuid(),
                false);
        for (PostResult result : ledger.post(scope, List.of(posting))) {
            if (!(result instanceof PostResult.Posted)) {
                throw new IllegalStateException("a repricing could not be posted: " + result);
            }
        }
    }

    private void spread(TenantId tenant, CustomerId customer, RepricedCycle cycle) {
        Map<MeterId, BigDecimal> differences = new LinkedHashMap<>();
        for (RepricedMeter meter : cycle.meters()) {
            differences.merge(meter.meter(), meter.difference(), BigDecimal::add);
        }
        differences.values().removeIf(difference -> difference.signum() == 0);
        if (differences.isEmpty()) {
            return;
        }
        UUID[] meters = differences.keySet().stream().map(MeterId::uuid).toArray(UUID[]::new);
        List<HourRow> used =
                sql.hours(tenant, customer, meters, cycle.from().truncatedTo(ChronoUnit.HOURS), cycle.to());
        RepricedHours hours = new RepricedHours(customer, cycle.from(), differences, used);
        sums.add(tenant, hours.sums());
    }

    private static Map<String, Object> state(RepricingRow row) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("cycleFrom", row.cycleFrom().toString());
        state.put("plan", row.planId().toString());
        state.put("planVersion", row.planNumber());
        state.put("difference", Decimals.text(row.difference()));
        state.put("reason", row.reason());
        return state;
    }

    private static Repricing repricing(CustomerId customer, RepricingRow row, List<RepricedMeter> meters) {
        return new Repricing(
                row.repricingId(),
                customer,
                row.cycleFrom(),
                row.cycleTo(),
                row.planId(),
                row.planNumber(),
                row.difference(),
                row.reason(),
                row.repricedBy(),
                row.createdAt(),
                meters);
    }

    @Override
    public Repricing get(Scope scope, CustomerId customer, RepricingId id) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            RepricingRow row = sql.find(scope.tenant(), customer, id).orElseThrow(Problems::notFound);
            return repricing(customer, row, pricing.changed(scope, customer, id));
        });
    }

    @Override
    public Page<Repricing> list(Scope scope, CustomerId customer, Page.Request page) {
        UUID before = before(page.after());
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            List<RepricingRow> rows = sql.page(scope.tenant(), customer, before, page.limit() + 1);
            return Page.of(rows, page, row -> Cursor.encode(NEWEST, row.repricingId()))
                    .map(row -> repricing(customer, row, pricing.changed(scope, customer, row.repricingId())));
        });
    }

    private static UUID before(@Nullable String cursor) {
        if (cursor == null) {
            return AFTER_ALL;
        }
        try {
            return RepricingId.fromString(Cursor.decode(NEWEST, 1, cursor).get(0))
                    .uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }
}
