package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Changes of one kind on one day in one currency; without a day all that was before the period. */
public record MovementRow(
        String currency,
        @Nullable LocalDate day,
        @Nullable String kind,
        long times,
        BigDecimal amount,
        long started,
        long ended) {}
