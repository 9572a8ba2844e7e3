package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;

/** The balances of a unit. */
public record BalanceRow(String unit, long above, BigDecimal credit, long below, BigDecimal owed) {}
