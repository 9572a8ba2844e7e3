package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.SpendCap;
import org.bursar.credits.SpendCaps;
import org.bursar.credits.internal.CapBook.Span;
import org.bursar.credits.internal.sql.CapMapper;
import org.bursar.credits.internal.sql.CapRow;
import org.bursar.credits.internal.sql.Codes;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.Users;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.UserId;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Caps as people set and read them. Reading locks nothing; setting locks the wallet, as everything does that moves a cap. */
@Component(service = SpendCaps.class)
public final class StoredCaps implements SpendCaps {
    private static final String BY_USER = "user";
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final TenantClocks clocks;
    private final Tenants tenants;
    private final Customers customers;
    private final Users users;
    private final Audit audit;
    private final CapBook book;
    private final CapMapper caps;
    private final WalletMapper wallets;

    @Activate
    public StoredCaps(
            @Reference Database database,
            @Reference TenantClocks clocks,
            @Reference Tenants tenants,
            @Reference Customers customers,
            @Reference Users users,
            @Reference Audit audit) {
        this.database = database;
        this.clocks = clocks;
        this.tenants = tenants;
        this.customers = customers;
        this.users = users;
        this.audit = audit;
        book = new CapBook(database, tenants);
        caps = database.mapper("credits", CapMapper.class);
        wallets = database.mapper("credits", WalletMapper.class);
    }

    private Instant now(Scope scope) {
        return clocks.of(scope.tenant()).instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Page<SpendCap> list(Scope scope, CustomerId customer, Page.Request request) {
        String cursor = request.after();
        UUID after = cursor == null
                ? BEFORE_ALL
                : user(Cursor.decode(BY_USER, 1, cursor).get(0)).uuid();
        List<CapRow> rows = database.transact(scope, () -> {
            customers.require(scope, customer);
            return book.current(scope, caps.page(scope.tenant(), customer, after, request.limit() + 1), now(scope));
        });
        return Page.of(rows, request, row -> Cursor.encode(BY_USER, row.user())).map(CapRow::cap);
    }

    private static UserId user(String text) {
        try {
            return UserId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public SpendCap get(Scope scope, CustomerId customer, UserId user) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            return find(scope, customer, user).orElseThrow(Problems::notFound).cap();
        });
    }

    private Optional<CapRow> find(Scope scope, CustomerId customer, UserId user) {
        List<CapRow> rows = caps.of(scope.tenant(), new UUID[] {customer.uuid()}, new UUID[] {user.uuid()});
        return book.current(scope, rows, now(scope)).stream().findFirst();
    }

    @Override
    public SpendCap set(Scope scope, CustomerId customer, UserId user, BigDecimal amount, SpendCap.Period period) {
        Checks checks = new Checks();
        checks.amount("/amount", amount);
        checks.done();
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            if (!users.existing(scope, customer, List.of(user)).contains(user)) {
                throw Problems.notFound();
            }
            Optional<CapRow> before = locked(scope, customer, user);
            before.filter(row -> row.byTenant() && scope.customers().isPresent())
                    .ifPresent(row -> requireTighter(row.cap(), amount, period));
            // what was spent in a period of another length says nothing about this one
            Optional<CapRow> same = before.filter(row -> row.cap().period() == period);
            Instant now = now(scope);
            Span span = same.map(row -> new Span(row.periodFrom(), row.periodUntil()))
                    .orElseGet(() -> Span.of(period, now, tenants.own(scope).timeZone()));
            caps.set(
                    scope.tenant(),
                    customer,
                    user,
                    amount,
                    Codes.of(period),
                    same.map(CapRow::spent).orElse(BigDecimal.ZERO),
                    span.from(),
                    span.until() == null ? null : span.until().toString(),
                    scope.customers().isEmpty() || before.map(CapRow::byTenant).orElse(false),
                    now);
            SpendCap after = get(scope, customer, user);
            record(scope, "spend_cap.set", after, before.map(CapRow::cap).orElse(null), after);
            return after;
        });
    }

    /** The customer's own people may be stricter than the tenant, not more generous. */
    private static void requireTighter(SpendCap set, BigDecimal amount, SpendCap.Period period) {
        if (period != set.period() || amount.compareTo(set.amount()) > 0) {
            throw new ProblemException(
                    Problems.FORBIDDEN, "The cap was set from outside your company; you may only lower its amount.");
        }
    }

    private Optional<CapRow> locked(Scope scope, CustomerId customer, UserId user) {
        wallets.lock(scope.tenant(), new UUID[] {customer.uuid()});
        return find(scope, customer, user);
    }

    @Override
    public void remove(Scope scope, CustomerId customer, UserId user) {
        database.run(scope, () -> {
            customers.require(scope, customer);
            CapRow before = locked(scope, customer, user).orElseThrow(Problems::notFound);
            if (before.byTenant() && scope.customers().isPresent()) {
                throw new ProblemException(
                        Problems.FORBIDDEN,
                        "The cap was set from outside your company; you may only lower its amount.");
            }
            caps.remove(scope.tenant(), customer, user);
            record(scope, "spend_cap.remove", before.cap(), before.cap(), null);
        });
    }

    /** What the audit log keeps of a cap. */
    record Audited(@Nullable String amount, SpendCap.@Nullable Period period) {
        static Audited of(@Nullable SpendCap cap) {
            return cap == null ? new Audited(null, null) : new Audited(Decimals.text(cap.amount()), cap.period());
        }
    }

    private void record(Scope scope, String action, SpendCap of, @Nullable SpendCap before, @Nullable SpendCap after) {
        audit.record(
                scope, action, of.user().toString(), Optional.of(of.customer()), Audited.of(before), Audited.of(after));
    }
}
