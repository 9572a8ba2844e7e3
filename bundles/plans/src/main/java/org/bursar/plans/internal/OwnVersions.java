package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bursar.database.Database;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.Overrides;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.internal.PlanChoice.Chosen;
import org.bursar.plans.internal.sql.MeterMapper;
import org.bursar.plans.internal.sql.OwnVersionMapper;
import org.bursar.plans.internal.sql.OwnVersionRow;
import org.bursar.plans.internal.sql.PlanMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.tenancy.Tenants;

/** Versions of plans that are one customer's own, in the transaction of whoever calls. */
final class OwnVersions {
    /** A plan's own versions have lower numbers. */
    static final int ABOVE = 1_000_000;

    private final Tenants tenants;
    private final PlanMapper plans;
    private final PlanVersions versions;
    private final MeterMapper meters;
    private final OwnVersionMapper sql;

    OwnVersions(Database database, Tenants tenants) {
        this.tenants = tenants;
        this.plans = database.mapper("plans", PlanMapper.class);
        this.versions = new PlanVersions(plans);
        this.meters = database.mapper("plans", MeterMapper.class);
        this.sql = database.mapper("plans", OwnVersionMapper.class);
    }

    /** A subscription's terms: the plan's version, and what the customer has instead. */
    record Held(int base, PlanVersion version, Agreed agreed) {}

    Held held(TenantId tenant, SubscriptionRow row) {
        PlanVersion version = version(tenant, new VersionKey(row.planId(), row.number()));
        if (row.number() <= ABOVE) {
            return new Held(row.number(), version, Agreed.NOTHING);
        }
        OwnVersionRow own = row(tenant, row);
        Set<UUID> named = Arrays.stream(own.meters()).collect(Collectors.toSet());
        return new Held(
                own.baseNumber(),
                version,
                new Agreed(
                        own.price() ? Optional.of(version.price()) : Optional.empty(),
                        own.minimum() ? Optional.of(version.payment().minimum()) : Optional.empty(),
                        version.rates().stream()
                                .filter(rate -> named.contains(rate.meter().uuid()))
                                .toList()));
    }

    /** What a customer has instead of its plan's terms, as it is shown. */
    Overrides overrides(TenantId tenant, SubscriptionRow row) {
        Held held = held(tenant, row);
        return new Overrides(
                row.customerId(),
                row.planKey(),
                held.base(),
                held.agreed().price(),
                held.agreed().minimum(),
                held.agreed().rates(),
                row.version());
    }

    /** The number of the plan's version whose terms hold where the customer has none of its own. */
    int base(TenantId tenant, SubscriptionRow row) {
        return row.number() <= ABOVE ? row.number() : row(tenant, row).baseNumber();
    }

    private OwnVersionRow row(TenantId tenant, SubscriptionRow row) {
        return sql.find(tenant, row.customerId(), row.planId(), row.number())
                .orElseThrow(() -> new IllegalStateException("a version of nobody's: " + row.subscriptionId()));
    }

    private PlanVersion version(TenantId tenant, VersionKey key) {
        return versions.find(tenant, key)
                .orElseThrow(() -> new IllegalStateException("a subscription without its plan"));
    }

    /** A plan that is chosen, with what the customer keeps of what was agreed. */
    Chosen kept(TenantId tenant, SubscriptionRow row, Chosen chosen) {
        if (row.cancelled() || row.number() <= ABOVE) {
            return chosen;
        }
        Held held = held(tenant, row);
        boolean same = row.planId().equals(chosen.key().plan());
        if (same && held.base() == chosen.key().number()) {
            return new Chosen(
                    new VersionKey(row.planId(), row.number()),
                    chosen.planKey(),
                    chosen.planName(),
                    held.version(),
                    Agreed.NOTHING);
        }
        Agreed agreed = same ? held.agreed() : held.agreed().ratesAlone();
        return new Chosen(chosen.key(), chosen.planKey(), chosen.planName(), agreed.over(chosen.version()), agreed);
    }

    /** The customer's plan with what is asked for. */
    Chosen asked(Scope scope, SubscriptionRow row, NewOverrides form) {
        TenantId tenant = scope.tenant();
        VersionKey key = new VersionKey(row.planId(), base(tenant, row));
        PlanVersion base = version(tenant, key);
        NewPlanVersion terms = new NewPlanVersion(
                Objects.requireNonNullElseGet(
                        form.price(),
                        () -> new NewPrice(base.price().amount(), base.price().currency())),
                base.cycle(),
                form.rates(),
                null,
                null,
                new NewPayment(null, null, form.minimum()));
        Checks checks = new Checks();
        PlanVersion checked = new PlanTerms(
                        checks,
                        tenants.own(scope).unit(),
                        StoredPlans.named(meters, tenant, PlanTerms.meterNames(terms)))
                .version(key.number(), terms, base.createdAt());
        checks.done();
        BigDecimal minimum = form.minimum();
        Agreed agreed = new Agreed(
                form.price() == null ? Optional.empty() : Optional.of(checked.price()),
                Optional.ofNullable(minimum),
                checked.rates());
        return new Chosen(key, row.planKey(), row.planName(), agreed.over(base), agreed);
    }

    /** The key of a version that is chosen; where the customer has terms of its own, they are written first. */
    VersionKey written(TenantId tenant, CustomerId customer, Chosen chosen, Instant now) {
        Agreed agreed = chosen.agreed();
        if (agreed.nothing()) {
            return chosen.key();
        }
        // the plan's row is locked, so that no two get the same number
        if (plans.lock(tenant, chosen.key().plan()).isEmpty()) {
            throw Problems.notFound();
        }
        VersionKey key = new VersionKey(
                chosen.key().plan(), sql.nextNumber(tenant, chosen.key().plan()));
        PlanVersion merged = chosen.version();
        versions.insert(
                tenant,
                key,
                new PlanVersion(
                        key.number(),
                        merged.price(),
                        merged.cycle(),
                        merged.rates(),
                        merged.limits(),
                        merged.changes(),
                        merged.payment(),
                        now));
        List<UUID> own =
                agreed.rates().stream().map(rate -> rate.meter().uuid()).toList();
        sql.insert(
                tenant,
                customer,
                key.plan(),
                key.number(),
                new OwnVersionRow(
                        chosen.key().number(),
                        agreed.price().isPresent(),
                        agreed.minimum().isPresent(),
                        own.toArray(UUID[]::new)));
        return key;
    }
}
