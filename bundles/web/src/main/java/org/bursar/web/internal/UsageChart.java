package org.bursar.web.internal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What was charged day by day, out of the days and meters of a customer's usage. */
public final class UsageChart {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final int DAYS = 30;

    private UsageChart() {}

    public static Chart of(Facts days, Show show, String unit) {
        TreeMap<LocalDate, BigDecimal> charges = new TreeMap<>();
        for (Facts item : days.items()) {
            charges.merge(LocalDate.parse(item.text("day")), item.decimal("charge"), BigDecimal::add);
        }
        Chart chart = new Chart();
        if (charges.isEmpty()) {
            return chart;
        }
        LocalDate last = charges.lastKey();
        LocalDate first =
                charges.firstKey().isAfter(last.minusDays(DAYS - 1L)) ? charges.firstKey() : last.minusDays(DAYS - 1L);
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            BigDecimal value = charges.getOrDefault(day, BigDecimal.ZERO);
            String label = DAY.format(day);
            chart.add(label, List.of(value), label + '\n' + show.money(value, unit));
        }
        return chart;
    }
}
