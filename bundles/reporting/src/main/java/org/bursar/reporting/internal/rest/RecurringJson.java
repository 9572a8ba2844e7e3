package org.bursar.reporting.internal.rest;

import java.util.List;
import org.bursar.reporting.RecurringReport;
import org.bursar.reporting.internal.rest.RevenueJson.Amount;

/** The report of recurring revenue as JSON. */
record RecurringJson(List<Line> items, List<Total> totals) {
    record Line(String plan, String name, long customers, Amount monthly) {}

    record Total(long customers, Amount monthly) {}

    static RecurringJson of(RecurringReport report) {
        return new RecurringJson(
                report.lines().stream()
                        .map(line -> new Line(
                                line.plan(), line.name(), line.customers(), Amount.of(line.monthly(), line.currency())))
                        .toList(),
                report.amounts().entrySet().stream()
                        .map(sum -> new Total(report.customers(sum.getKey()), Amount.of(sum.getValue(), sum.getKey())))
                        .toList());
    }
}
