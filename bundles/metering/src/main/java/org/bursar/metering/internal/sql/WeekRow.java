package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;

/** What a customer used of a meter in a week, counted from 0. */
public record WeekRow(CustomerId customerId, MeterId meterId, int week, BigDecimal quantity) {}
