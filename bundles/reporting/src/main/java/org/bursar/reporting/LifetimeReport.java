package org.bursar.reporting;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a customer has paid in all, and how much of it in a period. Counted is the real money of its purchases: what came, less what was
 * refunded, and less what disputes that are open or lost took. Purchases of test mode, adjustments and credit that was given away are no
 * money. A purchase belongs to the day on which it was approved, and so does what of it went back later.
 *
 * @param period as asked for, widened to whole days
 * @param lines by currency; none of a customer that never paid
 */
public record LifetimeReport(Period period, List<Line> lines) {
    public LifetimeReport {
        lines = List.copyOf(lines);
    }

    /**
     * What was paid in one currency; currencies never mix.
     *
     * @param paid in all, in the currency's major units, zero or more
     * @param inPeriod the part of it that purchases approved in the period left, zero or more
     */
    public record Line(String currency, BigDecimal paid, BigDecimal inPeriod) {}
}
