package org.bursar.web.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a customer was charged day by day, out of a series of its usage by day and meter that ends with today.
 *
 * @param range how many days are shown, today included
 * @param charges what was charged on days, those before the range too
 * @param today in UTC, by the tenant's clock
 * @param known whether the visitor may see it at all
 */
public record UsageChart(int range, Map<LocalDate, BigDecimal> charges, LocalDate today, boolean known) {
    /** What there is to choose from. */
    public static final List<Integer> RANGES = List.of(7, 30, 90);

    private static final int USUAL = 30;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    public UsageChart {
        charges = Map.copyOf(charges);
    }

    /** The range that an address names; the usual one where it names none that there is. */
    public static int range(String asked) {
        return RANGES.stream()
                .filter(range -> asked.equals(range.toString()))
                .findFirst()
                .orElse(USUAL);
    }

    /**
     * From the operation's answer.
     *
     * @param series {@link Facts#NONE} for who may not see it
     * @param now what counts as now where nothing is told
     */
    public static UsageChart of(Facts series, int range, Instant now) {
        Map<LocalDate, BigDecimal> charges = new HashMap<>();
        for (Facts item : series.items()) {
            charges.merge(LocalDate.parse(item.text("begin")), item.decimal("charge"), BigDecimal::add);
        }
        Instant end = series.instant("to");
        LocalDate today = end == null
                ? LocalDate.ofInstant(now, ZoneOffset.UTC)
                : LocalDate.ofInstant(end, ZoneOffset.UTC).minusDays(1);
        return new UsageChart(range, charges, today, series.there());
    }

    private LocalDate first() {
        return today.minusDays(range - 1L);
    }

    /** What was charged in the range. */
    public BigDecimal total() {
        return charges.entrySet().stream()
                .filter(day -> !day.getKey().isBefore(first()) && !day.getKey().isAfter(today))
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A column for each day of the range. */
    public Chart drawn(Show show, String unit) {
        Chart chart = new Chart();
        for (LocalDate day = first(); !day.isAfter(today); day = day.plusDays(1)) {
            BigDecimal value = charges.getOrDefault(day, BigDecimal.ZERO);
            String label = DAY.format(day);
            chart.add(label, List.of(value), label + '\n' + show.money(value, unit));
        }
        return chart;
    }
}
