package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.util.UUID;

/** Events as columns, for one insert of all of them. Instants and JSON travel as text. */
@SuppressWarnings("ArrayRecordComponent") // it lives for one statement and is never compared
public record EventColumns(
        UUID[] customers,
        UUID[] meters,
        UUID[] eventIds,
        String[] times,
        String[] sources,
        String[] sourceIds,
        BigDecimal[] quantities,
        BigDecimal[] charges,
        BigDecimal[] costs,
        String[] attributes,
        UUID[] postingKeys,
        UUID[] plans,
        Integer[] planNumbers,
        String[] cycleFroms,
        BigDecimal[] quantitiesBefore,
        BigDecimal[] chargedBefore,
        BigDecimal[] costsPerUnit) {}
