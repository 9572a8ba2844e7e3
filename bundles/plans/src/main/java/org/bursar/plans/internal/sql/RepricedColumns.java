package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.util.UUID;

/** What a repricing changes, as columns. Instants travel as text. */
@SuppressWarnings("ArrayRecordComponent") // it lives for one statement and is never compared
public record RepricedColumns(
        UUID[] meters,
        Integer[] parts,
        String[] resets,
        BigDecimal[] quantities,
        BigDecimal[] charged,
        BigDecimal[] charges) {}
