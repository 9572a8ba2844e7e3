package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;
import java.time.LocalDate;

/** The usage of a meter in a day or a month, by its first day. */
public record SeriesRow(
        LocalDate begin,
        String key,
        String name,
        String unit,
        BigDecimal quantity,
        BigDecimal charge,
        BigDecimal cost) {}
