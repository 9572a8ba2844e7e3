package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.PlanId;
import org.bursar.plans.RateModel;
import org.jspecify.annotations.Nullable;

/** A row of {@code plans.rate} with its meter's key. */
public record RateRow(
        PlanId planId,
        int number,
        MeterId meterId,
        String meterKey,
        RateModel model,
        BigDecimal included,
        @Nullable BigDecimal unitPrice,
        @Nullable BigDecimal packagePrice,
        @Nullable BigDecimal packageSize) {}
