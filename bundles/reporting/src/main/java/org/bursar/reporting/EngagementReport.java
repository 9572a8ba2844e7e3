package org.bursar.reporting;

/**
 * How much the AI is talked to. Users who were active have no source yet, and no number is made up for them.
 *
 * @param period as asked for, widened to whole days
 * @param threads opened
 * @param messages of users and assistants
 * @param activeCustomers who opened a thread or said something
 */
public record EngagementReport(Period period, long threads, long messages, long activeCustomers) {}
