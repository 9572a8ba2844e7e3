package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code plans.usage_cycle}.
 *
 * @param repricedPlanId whose prices the cycle was repriced by; null: it was not
 * @param repricedNumber the number of that plan's version
 * @param repricedAt when
 */
public record CounterRow(
        CustomerId customerId,
        MeterId meterId,
        Instant cycleFrom,
        BigDecimal consumed,
        BigDecimal charge,
        BigDecimal cost,
        @Nullable PlanId repricedPlanId,
        @Nullable Integer repricedNumber,
        @Nullable Instant repricedAt) {}
