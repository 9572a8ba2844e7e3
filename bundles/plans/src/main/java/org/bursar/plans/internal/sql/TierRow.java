package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.jspecify.annotations.Nullable;

/** A row of {@code plans.tier}. */
public record TierRow(
        PlanId planId,
        int number,
        MeterId meterId,
        @Nullable BigDecimal upTo,
        BigDecimal unitPrice) {}
