package org.bursar.reporting.internal.sql;

/** Sums of activity. */
public record EngagementRow(long threads, long messages, long activeCustomers) {}
