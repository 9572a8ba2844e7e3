package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.util.UUID;

/** Sums by bucket as columns. Buckets travel as text. */
@SuppressWarnings("ArrayRecordComponent") // it lives for one statement and is never compared
public record SumColumns(
        UUID[] customers,
        String[] buckets,
        UUID[] meters,
        Long[] events,
        BigDecimal[] quantities,
        BigDecimal[] charges,
        BigDecimal[] costs) {}
