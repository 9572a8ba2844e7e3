package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.purchases.CreditPackage;
import org.bursar.purchases.PackageDraft;
import org.bursar.purchases.Packages;
import org.bursar.purchases.internal.sql.PackageMapper;
import org.bursar.purchases.internal.sql.PackageRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Packages in their table. */
@Component(service = Packages.class)
public final class StoredPackages implements Packages {
    private static final int LONGEST_NAME = 200;
    private static final String NEWEST_FIRST = "-id";

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final PackageMapper mapper;

    @Activate
    public StoredPackages(@Reference Database database, @Reference Audit audit, @Reference Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        mapper = database.mapper("purchases", PackageMapper.class);
    }

    private record Checked(String name, Money price, BigDecimal credits, boolean active) {}

    private static Checked checked(PackageDraft draft) {
        Checks checks = new Checks();
        String name = checks.text("/name", draft.name(), LONGEST_NAME);
        checks.that(name.lines().count() <= 1, "/name", FieldProblems.NOT_PRINTABLE, "one line");
        Money price = PriceCheck.money(checks, "/price", draft.amount(), draft.currency());
        BigDecimal credits = checks.positiveAmount("/credits", draft.credits());
        checks.done();
        return new Checked(name, price, credits, draft.active() == null || draft.active());
    }

    @Override
    public PackageId create(Scope scope, PackageDraft draft) {
        scope.requireWholeTenant();
        Checked wanted = checked(draft);
        return database.transact(scope, () -> {
            PackageId id = PackageId.next(clock);
            mapper.insert(
                    scope.tenant(),
                    id,
                    wanted.name(),
                    wanted.price().minor(),
                    wanted.price().currency(),
                    wanted.credits(),
                    wanted.active(),
                    clock.instant());
            audit.record(scope, "package.create", id.toString(), Optional.empty(), null, shown(get(scope, id)));
            return id;
        });
    }

    @Override
    public CreditPackage get(Scope scope, PackageId id) {
        return database.transact(
                scope,
                () -> mapper.find(scope.tenant(), id).map(PackageRow::value).orElseThrow(Problems::notFound));
    }

    @Override
    public Page<CreditPackage> list(Scope scope, Optional<Boolean> active, Page.Request page) {
        PackageId before = before(page.after());
        List<PackageRow> rows = database.transact(
                scope, () -> mapper.list(scope.tenant(), active.orElse(null), before, page.limit() + 1));
        return Page.of(rows, page, row -> Cursor.encode(NEWEST_FIRST, row.packageId()))
                .map(PackageRow::value);
    }

    private static @Nullable PackageId before(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return PackageId.fromString(Cursor.decode(NEWEST_FIRST, 1, cursor).get(0));
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public CreditPackage change(Scope scope, PackageId id, PackageDraft draft, OptionalLong version) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            CreditPackage before =
                    mapper.lock(scope.tenant(), id).map(PackageRow::value).orElseThrow(Problems::notFound);
            if (version.isPresent() && version.getAsLong() != before.version()) {
                throw new ProblemException(Problems.STALE, Problems.STALE.cure());
            }
            Checked wanted = checked(draft);
            mapper.update(
                    scope.tenant(),
                    id,
                    wanted.name(),
                    wanted.price().minor(),
                    wanted.price().currency(),
                    wanted.credits(),
                    wanted.active(),
                    clock.instant());
            CreditPackage after = get(scope, id);
            audit.record(scope, "package.change", id.toString(), Optional.empty(), shown(before), shown(after));
            return after;
        });
    }

    private static Map<String, Object> shown(CreditPackage value) {
        return Map.of(
                "name", value.name(),
                "price", value.price().toString(),
                "credits", value.credits(),
                "active", value.active());
    }
}
