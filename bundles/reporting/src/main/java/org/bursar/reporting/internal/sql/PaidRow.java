package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;

/** What a customer paid in one currency: in all, and in a period. */
public record PaidRow(String currency, BigDecimal paid, BigDecimal inPeriod) {}
