package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;

/** A row of {@code plans.cycle_minimum}. */
public record MinimumRow(
        CustomerId customerId,
        Instant cycleFrom,
        Instant cycleTo,
        BigDecimal minimum,
        BigDecimal posted,
        int postings) {}
