package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Sums by hour as columns. */
@SuppressWarnings("ArrayRecordComponent") // it lives for one statement and is never compared
public record SumColumns(
        UUID[] customers,
        Instant[] hours,
        UUID[] meters,
        Long[] events,
        BigDecimal[] quantities,
        BigDecimal[] charges,
        BigDecimal[] costs) {}
