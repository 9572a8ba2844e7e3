package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The usage of a meter. */
public record UsageRow(
        String key,
        String name,
        String unit,
        @Nullable BigDecimal unitPrice,
        long events,
        BigDecimal quantity,
        BigDecimal charge,
        BigDecimal cost) {}
