package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;

/** A row of {@code plans.usage_cycle}. */
public record CounterRow(
        CustomerId customerId,
        MeterId meterId,
        Instant cycleFrom,
        BigDecimal consumed,
        BigDecimal charge,
        BigDecimal cost) {}
