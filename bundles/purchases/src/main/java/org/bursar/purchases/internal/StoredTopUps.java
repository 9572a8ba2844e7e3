package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.CreditPackage;
import org.bursar.purchases.Packages;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.SavedMethod;
import org.bursar.purchases.TopUp;
import org.bursar.purchases.TopUpDraft;
import org.bursar.purchases.TopUpStop;
import org.bursar.purchases.TopUps;
import org.bursar.purchases.internal.sql.MethodMapper;
import org.bursar.purchases.internal.sql.MethodRow;
import org.bursar.purchases.internal.sql.NewTopUpRow;
import org.bursar.purchases.internal.sql.TopUpMapper;
import org.bursar.purchases.internal.sql.TopUpRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Saved methods and what customers allow. */
@Component(service = TopUps.class)
public final class StoredTopUps implements TopUps {
    /** As PostgreSQL orders them. */
    private static final SavedMethodId AFTER_ALL = new SavedMethodId(new UUID(-1, -1));

    private static final String NEWEST_FIRST = "-method";
    private static final String BY_CUSTOMER = "customer";
    private static final int MOST_A_DAY = 100;
    private static final int MOST_A_MONTH = 1_000;

    private final Database database;
    private final Customers customers;
    private final Packages packages;
    private final Audit audit;
    private final Clock clock;
    private final TopUpBook book;
    private final TopUpMapper mapper;
    private final MethodMapper methods;

    @Activate
    public StoredTopUps(
            @Reference Database database,
            @Reference Customers customers,
            @Reference Packages packages,
            @Reference Audit audit,
            @Reference TopUpBook book,
            @Reference Clock clock) {
        this.database = database;
        this.customers = customers;
        this.packages = packages;
        this.audit = audit;
        this.book = book;
        this.clock = clock;
        mapper = book.mapper();
        methods = book.methods();
    }

    @Override
    public Page<SavedMethod> methods(Scope scope, Optional<CustomerId> customer, Page.Request page) {
        String cursor = page.after();
        SavedMethodId before = cursor == null
                ? AFTER_ALL
                : id(Cursor.decode(NEWEST_FIRST, 1, cursor).get(0));
        int limit = page.limit() + 1;
        List<MethodRow> rows = database.transact(
                scope,
                () -> customer.isPresent()
                        ? methods.ofCustomer(scope.tenant(), customer.get(), before, limit)
                        : methods.ofTenant(scope.tenant(), before, limit));
        return Page.of(rows, page, row -> Cursor.encode(NEWEST_FIRST, row.methodId()))
                .map(MethodRow::method);
    }

    private static SavedMethodId id(String text) {
        try {
            return SavedMethodId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public SavedMethod method(Scope scope, SavedMethodId id) {
        return database.transact(
                scope,
                () -> methods.find(scope.tenant(), id).map(MethodRow::method).orElseThrow(Problems::notFound));
    }

    @Override
    public void forget(Scope scope, SavedMethodId id) {
        database.run(scope, () -> {
            MethodRow row = methods.find(scope.tenant(), id).orElseThrow(Problems::notFound);
            // before the method: what a refused charge says of both is stored in this order, too
            Optional<TopUpRow> topUp = mapper.lock(scope.tenant(), row.customerId());
            if (methods.forget(scope.tenant(), id, clock.instant()) == 0) {
                return;
            }
            topUp.filter(found -> id.equals(found.methodId()))
                    .ifPresent(found -> book.stop(scope, found, TopUpStop.METHOD_REMOVED));
            audit.record(
                    scope,
                    "saved-method.forget",
                    id.toString(),
                    Optional.of(row.customerId()),
                    Map.of("gateway", row.gatewayId()),
                    null);
        });
    }

    @Override
    public Page<TopUp> list(Scope scope, Page.Request page) {
        String cursor = page.after();
        CustomerId after = cursor == null ? null : customerOf(cursor);
        List<TopUpRow> rows = database.transact(scope, () -> mapper.page(scope.tenant(), after, page.limit() + 1));
        return Page.of(rows, page, row -> Cursor.encode(BY_CUSTOMER, row.customerId()))
                .map(TopUpRow::topUp);
    }

    private static CustomerId customerOf(String cursor) {
        try {
            return CustomerId.fromString(Cursor.decode(BY_CUSTOMER, 1, cursor).get(0));
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public TopUp get(Scope scope, CustomerId customer) {
        return database.transact(
                scope,
                () -> mapper.find(scope.tenant(), customer).map(TopUpRow::topUp).orElseThrow(Problems::notFound));
    }

    @Override
    public TopUp put(Scope scope, CustomerId customer, TopUpDraft draft, OptionalLong version) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            Optional<TopUpRow> before = mapper.lock(scope.tenant(), customer);
            requireVersion(before, version);
            Checks checks = new Checks();
            boolean enabled = Boolean.TRUE.equals(draft.enabled());
            BigDecimal below = checks.amount("/below", draft.below());
            int day = checks.range("/mostADay", draft.mostADay(), 1, MOST_A_DAY);
            int month = checks.range("/mostAMonth", draft.mostAMonth(), 1, MOST_A_MONTH);
            CreditPackage bought = bought(scope, checks, draft.packageId(), enabled);
            SavedMethodId method = method(scope, checks, customer, draft.method(), enabled);
            checks.done();
            NewTopUpRow wanted = new NewTopUpRow(
                    customer,
                    enabled,
                    below,
                    bought == null ? null : bought.id(),
                    bought == null ? null : bought.price().minor(),
                    bought == null ? null : bought.price().currency(),
                    bought == null ? null : bought.credits(),
                    method,
                    day,
                    month,
                    Boolean.TRUE.equals(draft.renewals()));
            mapper.put(scope.tenant(), wanted, scope.actor(), clock.instant());
            Scope platform = Scope.platform(scope.actor());
            database.run(
                    platform,
                    () -> mapper.remember(platform.tenant(), scope.tenant().uuid()));
            TopUp after = get(scope, customer);
            audit.record(
                    scope,
                    "top-up.allow",
                    customer.toString(),
                    Optional.of(customer),
                    before.map(row -> shown(row.topUp())).orElse(null),
                    shown(after));
            return after;
        });
    }

    private @Nullable CreditPackage bought(Scope scope, Checks checks, @Nullable PackageId id, boolean needed) {
        if (id == null) {
            checks.that(!needed, "/package", FieldProblems.REQUIRED, "required to charge anything");
            return null;
        }
        CreditPackage found = packages.get(scope, id);
        checks.that(
                found.active() || !needed,
                "/package",
                PurchasesProblems.PACKAGE_INACTIVE,
                "this package is no longer sold");
        return found;
    }

    private @Nullable SavedMethodId method(
            Scope scope, Checks checks, CustomerId customer, @Nullable SavedMethodId id, boolean needed) {
        if (id == null) {
            checks.that(!needed, "/method", FieldProblems.REQUIRED, "required to charge anything");
            return null;
        }
        boolean theirs = methods.find(scope.tenant(), id)
                .filter(row -> row.active() && row.customerId().equals(customer))
                .isPresent();
        checks.that(theirs, "/method", FieldProblems.NOT_FOUND, "the customer has no such method");
        return id;
    }

    private static void requireVersion(Optional<TopUpRow> before, OptionalLong version) {
        long present = before.map(TopUpRow::version).orElse(0L);
        if (version.isPresent() && version.getAsLong() != present) {
            throw new ProblemException(Problems.STALE, "It was changed since you read it.");
        }
    }

    private static Map<String, Object> shown(TopUp topUp) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("enabled", topUp.enabled());
        shown.put("below", topUp.below());
        shown.put("package", Objects.toString(topUp.packageId(), ""));
        shown.put("price", Objects.toString(topUp.price(), ""));
        shown.put("method", Objects.toString(topUp.method(), ""));
        shown.put("mostADay", topUp.mostADay());
        shown.put("mostAMonth", topUp.mostAMonth());
        shown.put("renewals", topUp.renewals());
        return shown;
    }

    @Override
    public void delete(Scope scope, CustomerId customer, OptionalLong version) {
        database.run(scope, () -> {
            TopUpRow before = mapper.lock(scope.tenant(), customer).orElseThrow(Problems::notFound);
            requireVersion(Optional.of(before), version);
            mapper.delete(scope.tenant(), customer);
            audit.record(
                    scope, "top-up.withdraw", customer.toString(), Optional.of(customer), shown(before.topUp()), null);
        });
    }
}
