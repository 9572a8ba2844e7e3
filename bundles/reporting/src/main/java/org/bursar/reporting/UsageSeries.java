package org.bursar.reporting;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What was used over time: by day, or by month where a period has more than {@value #MOST_DAYS} days, of one customer more than
 * {@value #MOST_DAYS_OF_ONE}.
 *
 * @param period as asked for, widened to whole days in UTC
 * @param monthly whether a line is a month's, of which the period may cover a part alone
 * @param lines the earliest first, then by the meter's key; where nothing was used there is none
 */
public record UsageSeries(Period period, boolean monthly, List<Line> lines) {
    /** The most days that are told one by one. */
    public static final int MOST_DAYS = 62;

    /** The same of one customer. */
    public static final int MOST_DAYS_OF_ONE = 92;

    public UsageSeries {
        lines = List.copyOf(lines);
    }

    /**
     * A meter in a day or a month.
     *
     * @param begin the day, or the first of the month
     * @param meter its key
     * @param cost empty for whom the tenant's cost is none of their business
     */
    public record Line(
            LocalDate begin,
            String meter,
            String name,
            String unit,
            BigDecimal quantity,
            BigDecimal charge,
            Optional<BigDecimal> cost) {}
}
