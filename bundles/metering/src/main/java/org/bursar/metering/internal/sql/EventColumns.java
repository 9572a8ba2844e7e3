package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Events as columns, for one insert of all of them. JSON travels as text. */
@SuppressWarnings("ArrayRecordComponent") // it lives for one statement and is never compared
public record EventColumns(
        UUID[] customers,
        UUID[] meters,
        UUID[] eventIds,
        Instant[] times,
        String[] sources,
        String[] sourceIds,
        BigDecimal[] quantities,
        BigDecimal[] charges,
        BigDecimal[] costs,
        String[] attributes,
        UUID[] postingKeys,
        UUID[] plans,
        Integer[] planNumbers,
        Instant[] cycleFroms,
        BigDecimal[] quantitiesBefore,
        BigDecimal[] chargedBefore,
        BigDecimal[] costsPerUnit) {}
