package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A day's revenue through a gateway. */
public record RevenueRow(
        LocalDate day, String gatewayId, String currency, long purchases, BigDecimal amount, BigDecimal credits) {}
