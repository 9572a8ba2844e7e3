package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/** A customer's figures beside those of all; the row of an empty page has those of all alone. */
public record ProfitRow(
        @Nullable CustomerId customerId,
        @Nullable BigDecimal charged,
        @Nullable BigDecimal cost,
        @Nullable BigDecimal settledHolds,
        BigDecimal allCharged,
        BigDecimal allCost,
        BigDecimal allSettledHolds) {}
