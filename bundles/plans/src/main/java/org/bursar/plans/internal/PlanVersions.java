package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.TenantId;
import org.bursar.plans.ChangeRule;
import org.bursar.plans.CycleStart;
import org.bursar.plans.Limits;
import org.bursar.plans.PaymentTerms;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Price;
import org.bursar.plans.Pricing;
import org.bursar.plans.Pricing.Tier;
import org.bursar.plans.Rate;
import org.bursar.plans.internal.sql.PlanMapper;
import org.bursar.plans.internal.sql.RateRow;
import org.bursar.plans.internal.sql.TierRow;
import org.bursar.plans.internal.sql.VersionRow;
import org.jspecify.annotations.Nullable;

/** Plan versions between their rows and their values. */
final class PlanVersions {
    private final PlanMapper sql;

    PlanVersions(PlanMapper sql) {
        this.sql = sql;
    }

    /** These versions, where they are there, in three statements for all of them. */
    Map<VersionKey, PlanVersion> load(TenantId tenant, Collection<VersionKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        UUID[] plans = keys.stream().map(key -> key.plan().uuid()).toArray(UUID[]::new);
        Integer[] numbers = keys.stream().map(VersionKey::number).toArray(Integer[]::new);
        Map<RateKey, List<Tier>> tiers = new HashMap<>();
        for (TierRow row : sql.tiers(tenant, plans, numbers)) {
            tiers.computeIfAbsent(
                            new RateKey(row.planId().uuid(), row.number(), row.meterId()), key -> new ArrayList<>())
                    .add(new Tier(Optional.ofNullable(row.upTo()), row.unitPrice()));
        }
        Map<VersionKey, List<Rate>> rates = new HashMap<>();
        for (RateRow row : sql.rates(tenant, plans, numbers)) {
            List<Tier> ladder =
                    tiers.getOrDefault(new RateKey(row.planId().uuid(), row.number(), row.meterId()), List.of());
            rates.computeIfAbsent(new VersionKey(row.planId(), row.number()), key -> new ArrayList<>())
                    .add(new Rate(row.meterId(), row.meterKey(), row.included(), pricing(row, ladder)));
        }
        Map<VersionKey, PlanVersion> versions = new HashMap<>();
        for (VersionRow row : sql.versions(tenant, plans, numbers)) {
            VersionKey key = new VersionKey(row.planId(), row.number());
            versions.put(key, version(row, rates.getOrDefault(key, List.of())));
        }
        return versions;
    }

    /** One version. */
    Optional<PlanVersion> find(TenantId tenant, VersionKey key) {
        return Optional.ofNullable(load(tenant, List.of(key)).get(key));
    }

    /** Writes a version with its rates and tiers. */
    void insert(TenantId tenant, VersionKey key, PlanVersion version) {
        sql.insertVersion(
                tenant,
                new VersionRow(
                        key.plan(),
                        key.number(),
                        version.price().amount(),
                        version.price().currency(),
                        version.cycle(),
                        nullable(version.limits().users()),
                        nullable(version.limits().concurrency()),
                        nullable(version.limits().requestsPerMinute()),
                        version.changes().upgrade().orElse(null),
                        version.changes().downgrade().orElse(null),
                        version.payment().trialDays() == 0
                                ? null
                                : version.payment().trialDays(),
                        nullable(version.payment().graceDays()),
                        minimum(version.payment()),
                        version.payment().start() == CycleStart.CALENDAR,
                        allowance(version.payment()),
                        version.createdAt()));
        for (int i = 0; i < version.rates().size(); i++) {
            insert(tenant, key, i, version.rates().get(i));
        }
    }

    private void insert(TenantId tenant, VersionKey key, int position, Rate rate) {
        BigDecimal unitPrice = null;
        BigDecimal packagePrice = null;
        BigDecimal packageSize = null;
        List<Tier> tiers = List.of();
        if (rate.pricing() instanceof Pricing.PerUnit perUnit) {
            unitPrice = perUnit.unitPrice();
        } else if (rate.pricing() instanceof Pricing.Packages packages) {
            packagePrice = packages.packagePrice();
            packageSize = packages.packageSize();
        } else if (rate.pricing() instanceof Pricing.Graduated graduated) {
            tiers = graduated.tiers();
        } else if (rate.pricing() instanceof Pricing.Volume volume) {
            tiers = volume.tiers();
        }
        sql.insertRate(
                tenant,
                position,
                new RateRow(
                        key.plan(),
                        key.number(),
                        rate.meter(),
                        rate.meterKey(),
                        rate.pricing().model(),
                        rate.included(),
                        unitPrice,
                        packagePrice,
                        packageSize));
        for (int i = 0; i < tiers.size(); i++) {
            Tier tier = tiers.get(i);
            sql.insertTier(
                    tenant,
                    i,
                    new TierRow(
                            key.plan(), key.number(), rate.meter(), tier.upTo().orElse(null), tier.unitPrice()));
        }
    }

    private static PlanVersion version(VersionRow row, List<Rate> rates) {
        return new PlanVersion(
                row.number(),
                new Price(row.priceAmount(), row.priceCurrency()),
                row.cycle(),
                rates,
                new Limits(optional(row.userLimit()), optional(row.concurrencyLimit()), optional(row.requestLimit())),
                new ChangeRule(Optional.ofNullable(row.upgradeWhen()), Optional.ofNullable(row.downgradeWhen())),
                new PaymentTerms(
                        optional(row.trialDays()).orElse(0),
                        optional(row.graceDays()),
                        Objects.requireNonNullElse(row.minimum(), BigDecimal.ZERO),
                        row.calendar() ? CycleStart.CALENDAR : CycleStart.ANNIVERSARY,
                        Objects.requireNonNullElse(row.allowance(), BigDecimal.ZERO)),
                row.createdAt());
    }

    private static Pricing pricing(RateRow row, List<Tier> tiers) {
        return switch (row.model()) {
            case PER_UNIT -> new Pricing.PerUnit(Objects.requireNonNull(row.unitPrice()));
            case GRADUATED -> new Pricing.Graduated(tiers);
            case VOLUME -> new Pricing.Volume(tiers);
            case PACKAGE ->
                new Pricing.Packages(
                        Objects.requireNonNull(row.packagePrice()), Objects.requireNonNull(row.packageSize()));
        };
    }

    /** As it is stored: null without one. */
    static @Nullable BigDecimal minimum(PaymentTerms payment) {
        return payment.minimum().signum() == 0 ? null : payment.minimum();
    }

    private static @Nullable BigDecimal allowance(PaymentTerms payment) {
        return payment.allowance().signum() == 0 ? null : payment.allowance();
    }

    static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static @Nullable Integer nullable(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private record RateKey(UUID plan, int number, MeterId meter) {}
}
