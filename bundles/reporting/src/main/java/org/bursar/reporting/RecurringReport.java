package org.bursar.reporting;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What subscriptions bring each month, as they are now: prices of plans, a twelfth of yearly ones, and add-ons, at the terms that each
 * customer has. Active and past due ones count; on trial, locked or cancelled ones do not.
 *
 * @param lines by plan and currency, the highest first
 */
public record RecurringReport(List<Line> lines) {
    public RecurringReport {
        lines = List.copyOf(lines);
    }

    /**
     * The subscriptions to one plan in one currency.
     *
     * @param monthly in the currency's major units, at most 6 places
     */
    public record Line(String plan, String name, String currency, long customers, BigDecimal monthly) {}

    /** The sums; currencies never mix. */
    public Map<String, BigDecimal> amounts() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        lines.forEach(line -> sums.merge(line.currency(), line.monthly(), BigDecimal::add));
        return sums;
    }

    /** How many customers pay in that currency. */
    public long customers(String currency) {
        return lines.stream()
                .filter(line -> line.currency().equals(currency))
                .mapToLong(Line::customers)
                .sum();
    }
}
