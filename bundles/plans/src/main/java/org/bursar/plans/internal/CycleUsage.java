package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Meter;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Rate;
import org.bursar.plans.UsageCycle;
import org.bursar.plans.UsageCycle.MeterUsage;
import org.bursar.plans.internal.Cycles.Cycle;
import org.bursar.plans.internal.sql.CounterRow;
import org.bursar.plans.internal.sql.MeterMapper;
import org.bursar.plans.internal.sql.PlanMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;

/** A cycle's counters as people see them: every meter of the plan, and any other that was used. */
final class CycleUsage {
    private final PlanVersions versions;
    private final MeterMapper meters;

    CycleUsage(Database database) {
        this.versions = new PlanVersions(database.mapper("plans", PlanMapper.class));
        this.meters = database.mapper("plans", MeterMapper.class);
    }

    UsageCycle of(TenantId tenant, SubscriptionRow row, Cycle cycle, List<CounterRow> rows) {
        PlanVersion version = versions.find(tenant, new VersionKey(row.planId(), row.number()))
                .orElseThrow(() -> new IllegalStateException("a subscription without its plan"));
        Map<MeterId, BigDecimal> included = new LinkedHashMap<>();
        for (Rate rate : version.rates()) {
            included.put(rate.meter(), rate.included());
        }
        Map<MeterId, CounterRow> used = new LinkedHashMap<>();
        for (CounterRow counter : rows) {
            used.put(counter.meterId(), counter);
            included.putIfAbsent(counter.meterId(), BigDecimal.ZERO);
        }
        Map<MeterId, Meter> known = new HashMap<>();
        UUID[] ids = included.keySet().stream().map(MeterId::uuid).toArray(UUID[]::new);
        for (Meter meter : meters.byIds(tenant, ids)) {
            known.put(meter.id(), meter);
        }
        List<MeterUsage> usages = new ArrayList<>();
        for (Map.Entry<MeterId, BigDecimal> entry : included.entrySet()) {
            Meter meter = known.get(entry.getKey());
            if (meter != null) {
                usages.add(usage(meter, entry.getValue(), Optional.ofNullable(used.get(entry.getKey()))));
            }
        }
        return new UsageCycle(cycle.from(), cycle.to(), usages);
    }

    private static MeterUsage usage(Meter meter, BigDecimal included, Optional<CounterRow> counter) {
        BigDecimal consumed = counter.map(CounterRow::consumed).orElse(BigDecimal.ZERO);
        return new MeterUsage(
                meter.id(),
                meter.key(),
                meter.name(),
                meter.unit(),
                included,
                consumed,
                consumed.subtract(included).max(BigDecimal.ZERO),
                counter.map(CounterRow::charge).orElse(BigDecimal.ZERO));
    }

    /** Counters for the audit log. */
    static Map<String, Object> consumed(List<CounterRow> rows) {
        Map<String, Object> consumed = new LinkedHashMap<>();
        for (CounterRow row : rows) {
            consumed.put(row.meterId().toString(), row.consumed().toPlainString());
        }
        return consumed;
    }
}
