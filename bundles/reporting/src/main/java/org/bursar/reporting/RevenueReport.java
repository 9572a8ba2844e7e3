package org.bursar.reporting;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was paid: approved purchases. Adjustments are no revenue.
 *
 * @param period as asked for, widened to whole days
 * @param lines by day, gateway and currency
 */
public record RevenueReport(Period period, List<Line> lines) {
    public RevenueReport {
        lines = List.copyOf(lines);
    }

    /**
     * One day of one gateway in one currency.
     *
     * @param day in UTC
     * @param amount in the currency's major units
     * @param credits what the purchases brought
     */
    public record Line(
            LocalDate day, String gateway, String currency, long purchases, BigDecimal amount, BigDecimal credits) {}

    /** The sums; currencies never mix. */
    public Map<String, BigDecimal> amounts() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        lines.forEach(line -> sums.merge(line.currency(), line.amount(), BigDecimal::add));
        return sums;
    }

    /** How many purchases in that currency. */
    public long purchases(String currency) {
        return lines.stream()
                .filter(line -> line.currency().equals(currency))
                .mapToLong(Line::purchases)
                .sum();
    }
}
