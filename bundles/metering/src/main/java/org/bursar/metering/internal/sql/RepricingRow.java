package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.RepricingId;

/** A row of {@code metering.repricing}. */
public record RepricingRow(
        RepricingId repricingId,
        Instant cycleFrom,
        Instant cycleTo,
        PlanId planId,
        int planNumber,
        BigDecimal difference,
        String reason,
        String repricedBy,
        Instant createdAt) {}
