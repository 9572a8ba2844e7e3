package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.bursar.kernel.MeterId;

/** A row of {@code metering.usage_customer_day}. */
public record DayRow(
        LocalDate day, MeterId meterId, long events, BigDecimal quantity, BigDecimal charge, BigDecimal cost) {}
