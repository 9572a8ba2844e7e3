package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;

/** What the subscriptions to a plan bring each month. */
public record RecurringRow(String planKey, String planName, String currency, long customers, BigDecimal monthly) {}
