package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.AddOnId;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.plans.AddOn;
import org.bursar.plans.AddOnTerms;
import org.bursar.plans.AddOns;
import org.bursar.plans.NewAddOn;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.Price;
import org.bursar.plans.internal.sql.AddOnMapper;
import org.bursar.plans.internal.sql.AddOnRow;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Add-ons in {@code plans.add_on} and their terms. */
@Component
public final class StoredAddOns implements AddOns {
    private static final String SORT = "add-on-key";

    private final Database database;
    private final Tenants tenants;
    private final Audit audit;
    private final Clock clock;
    private final AddOnMapper sql;

    @Activate
    public StoredAddOns(
            @Reference Database database, @Reference Tenants tenants, @Reference Audit audit, @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.audit = audit;
        this.clock = clock;
        this.sql = database.mapper("plans", AddOnMapper.class);
    }

    @Override
    public AddOn create(Scope scope, NewAddOn form) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            Checks checks = new Checks();
            String key = Keys.checked(checks, form.key());
            AddOnRow row = checked(scope, checks, form, AddOnId.next(clock), key, 1, 1);
            if (sql.insert(scope.tenant(), row) == 0) {
                throw new ProblemException(PlansProblems.KEY_TAKEN, "an add-on has the key " + key);
            }
            insertTerms(scope.tenant(), row);
            AddOn addOn = row.addOn();
            audit.record(scope, "add-on.create", addOn.id().toString(), Optional.empty(), null, state(addOn));
            return addOn;
        });
    }

    private AddOnRow checked(
            Scope scope, Checks checks, NewAddOn form, AddOnId id, String key, int number, long version) {
        Price price = PlanTerms.price(
                checks, "/unitPrice", form.unitPrice(), tenants.own(scope).unit());
        int least = whole(checks, "/minQuantity", Objects.requireNonNullElse(form.minQuantity(), BigDecimal.ONE), 1);
        int most = whole(
                checks,
                "/maxQuantity",
                Objects.requireNonNullElse(form.maxQuantity(), BigDecimal.valueOf(MOST)),
                Math.max(1, least));
        AddOnRow row = new AddOnRow(
                id,
                key,
                checks.text("/name", form.name(), 200),
                number,
                price.amount(),
                price.currency(),
                form.limit(),
                raise(checks, form),
                least,
                most,
                form.active() == null || form.active(),
                clock.instant(),
                version);
        checks.done();
        return row;
    }

    private static int raise(Checks checks, NewAddOn form) {
        if (form.limit() == null) {
            boolean none = form.raisesBy() == null || form.raisesBy() == 0;
            checks.that(none, "/raisesBy", FieldProblems.NOT_HERE, "what is raised is missing: limit");
            return 0;
        }
        return checks.range("/raisesBy", Objects.requireNonNullElse(form.raisesBy(), 1), 1, MOST);
    }

    /** A quantity: it travels as a decimal, like every quantity, and has no fraction. */
    static int whole(Checks checks, String pointer, @Nullable BigDecimal value, int least) {
        BigDecimal quantity = checks.amount(pointer, value);
        if (quantity.stripTrailingZeros().scale() > 0) {
            checks.error(pointer, FieldProblems.TOO_PRECISE, "a whole number");
            return least;
        }
        boolean inside =
                quantity.compareTo(BigDecimal.valueOf(least)) >= 0 && quantity.compareTo(BigDecimal.valueOf(MOST)) <= 0;
        checks.that(inside || quantity.signum() < 0, pointer, FieldProblems.OUT_OF_RANGE, least + " to " + MOST);
        return inside ? quantity.intValueExact() : least;
    }

    private void insertTerms(TenantId tenant, AddOnRow row) {
        sql.insertVersion(
                tenant,
                row.addOnId(),
                row.number(),
                row.priceAmount(),
                row.priceCurrency(),
                row.limitName(),
                row.raisesBy(),
                clock.instant());
    }

    @Override
    public AddOn get(Scope scope, String name) {
        return database.transact(scope, () -> find(sql, scope.tenant(), name).orElseThrow(Problems::notFound));
    }

    /** The add-on that a name, its key or the text of its id, means. */
    static Optional<AddOn> find(AddOnMapper sql, TenantId tenant, String name) {
        Optional<AddOnId> id = Keys.addOnId(name);
        if (id.isPresent()) {
            return sql.byId(tenant, id.get()).map(AddOnRow::addOn);
        }
        return Keys.possible(name) ? sql.byKey(tenant, name).map(AddOnRow::addOn) : Optional.empty();
    }

    @Override
    public Page<AddOn> list(Scope scope, Page.Request page) {
        String after = Keys.after(SORT, page);
        List<AddOnRow> rows = database.transact(scope, () -> sql.page(scope.tenant(), after, page.limit() + 1));
        return Page.of(rows, page, row -> Cursor.encode(SORT, row.key())).map(AddOnRow::addOn);
    }

    @Override
    public AddOn change(Scope scope, AddOnId id, NewAddOn form, OptionalLong expected) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            long version = sql.lock(scope.tenant(), id).orElseThrow(Problems::notFound);
            if (expected.orElse(version) != version) {
                throw new ProblemException(Problems.STALE, "the add-on changed meanwhile");
            }
            AddOn before =
                    sql.byId(scope.tenant(), id).orElseThrow(Problems::notFound).addOn();
            int number = before.terms().number();
            AddOnRow row = checked(scope, new Checks(), form, id, before.key(), number + 1, version);
            if (sameTerms(before.terms(), row.addOn().terms())) {
                row = checked(scope, new Checks(), form, id, before.key(), number, version);
            } else {
                insertTerms(scope.tenant(), row);
            }
            sql.update(scope.tenant(), row);
            AddOn after =
                    sql.byId(scope.tenant(), id).orElseThrow(Problems::notFound).addOn();
            audit.record(scope, "add-on.update", id.toString(), Optional.empty(), state(before), state(after));
            return after;
        });
    }

    private static boolean sameTerms(AddOnTerms a, AddOnTerms b) {
        return a.unitPrice().amount().compareTo(b.unitPrice().amount()) == 0
                && a.unitPrice().currency().equals(b.unitPrice().currency())
                && a.limit().equals(b.limit())
                && a.raisesBy() == b.raisesBy();
    }

    private static Map<String, Object> state(AddOn addOn) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("key", addOn.key());
        state.put("name", addOn.name());
        state.put("unitPrice", text(addOn.terms().unitPrice()));
        addOn.terms().limit().ifPresent(limit -> state.put("limit", limit.name()));
        state.put("raisesBy", addOn.terms().raisesBy());
        state.put("minQuantity", addOn.minQuantity());
        state.put("maxQuantity", addOn.maxQuantity());
        state.put("active", addOn.active());
        return state;
    }

    /** A price for the audit log. */
    static String text(Price price) {
        return Decimals.text(price.amount()) + ' ' + price.currency();
    }
}
