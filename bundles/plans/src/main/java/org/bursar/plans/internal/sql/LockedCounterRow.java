package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code plans.usage_cycle} that was locked together with others.
 *
 * @param meterVersions the sum of the present versions of all their meters; null when there is none of these
 */
public record LockedCounterRow(
        CustomerId customerId,
        MeterId meterId,
        Instant cycleFrom,
        BigDecimal consumed,
        BigDecimal charge,
        BigDecimal cost,
        @Nullable PlanId repricedPlanId,
        @Nullable Integer repricedNumber,
        @Nullable Instant repricedAt,
        @Nullable Long meterVersions) {
    /** The row itself. */
    public CounterRow counter() {
        return new CounterRow(
                customerId, meterId, cycleFrom, consumed, charge, cost, repricedPlanId, repricedNumber, repricedAt);
    }
}
