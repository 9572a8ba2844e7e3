package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.plans.Aggregation;
import org.bursar.plans.Meter;
import org.bursar.plans.MeterChange;
import org.bursar.plans.Meters;
import org.bursar.plans.NewMeter;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.internal.sql.MeterMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Meters in {@code plans.meter}. */
@Component
public final class StoredMeters implements Meters {
    private static final String SORT = "meter-key";

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final MeterMapper sql;

    @Activate
    public StoredMeters(@Reference Database database, @Reference Audit audit, @Reference Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.sql = database.mapper("plans", MeterMapper.class);
    }

    @Override
    public Meter create(Scope scope, NewMeter form) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        Meter meter = new Meter(
                MeterId.next(clock),
                Keys.checked(checks, form.key()),
                checks.text("/name", form.name(), 200),
                checks.text("/unit", form.unit(), 50),
                Objects.requireNonNullElse(form.aggregation(), Aggregation.SUM),
                checks.price("/costPerUnit", Objects.requireNonNullElse(form.costPerUnit(), BigDecimal.ZERO)),
                clock.instant(),
                1);
        checks.done();
        return database.transact(scope, () -> {
            if (sql.insert(scope.tenant(), meter) == 0) {
                throw new ProblemException(PlansProblems.KEY_TAKEN, "a meter has the key " + meter.key());
            }
            audit.record(scope, "meter.create", meter.id().toString(), Optional.empty(), null, state(meter));
            return meter;
        });
    }

    @Override
    public Meter get(Scope scope, String name) {
        return database.transact(scope, () -> find(scope, name).orElseThrow(Problems::notFound));
    }

    private Optional<Meter> find(Scope scope, String name) {
        Optional<MeterId> id = Keys.meterId(name);
        if (id.isPresent()) {
            return sql.byId(scope.tenant(), id.get());
        }
        return Keys.possible(name)
                ? sql.byKeys(scope.tenant(), new String[] {name}).stream().findFirst()
                : Optional.empty();
    }

    @Override
    public Page<Meter> list(Scope scope, Page.Request page) {
        String after = Keys.after(SORT, page);
        List<Meter> rows = database.transact(scope, () -> sql.page(scope.tenant(), after, page.limit() + 1));
        return Page.of(rows, page, meter -> Cursor.encode(SORT, meter.key()));
    }

    @Override
    public Meter change(Scope scope, MeterId id, MeterChange change, OptionalLong version) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        String name = checks.text("/name", change.name(), 200);
        String unit = checks.text("/unit", change.unit(), 50);
        BigDecimal cost = checks.price("/costPerUnit", change.costPerUnit());
        checks.done();
        return database.transact(scope, () -> {
            Meter before = sql.byId(scope.tenant(), id).orElseThrow(Problems::notFound);
            if (sql.update(scope.tenant(), id, version.orElse(before.version()), name, unit, cost) == 0) {
                throw new ProblemException(Problems.STALE, "the meter changed meanwhile");
            }
            Meter after = sql.byId(scope.tenant(), id).orElseThrow(Problems::notFound);
            audit.record(scope, "meter.update", id.toString(), Optional.empty(), state(before), state(after));
            return after;
        });
    }

    private static Map<String, Object> state(Meter meter) {
        return Map.of(
                "key", meter.key(),
                "name", meter.name(),
                "unit", meter.unit(),
                "aggregation", meter.aggregation().name(),
                "costPerUnit", Decimals.text(meter.costPerUnit()));
    }
}
