package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.UsageEventId;
import org.jspecify.annotations.Nullable;

/** An event with what its charge was computed from. */
public record RatedEventRow(
        UsageEventId eventId,
        MeterId meterId,
        Instant eventTime,
        BigDecimal quantity,
        BigDecimal charge,
        BigDecimal cost,
        Instant receivedAt,
        @Nullable PlanId planId,
        @Nullable Integer planNumber,
        @Nullable Instant cycleFrom,
        @Nullable BigDecimal quantityBefore,
        @Nullable BigDecimal chargedBefore,
        @Nullable BigDecimal costPerUnit) {}
