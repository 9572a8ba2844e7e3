package org.bursar.web.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Charts of what was used, by day or by month, out of a series of usage. */
public final class UsageOverTime {
    /** The most meters that have a chart of their own; the table below has all. */
    private static final int CHARTS = 2;

    private final Facts series;
    private final boolean monthly;
    private final Show show;

    public UsageOverTime(Facts series, Show show) {
        this.series = series;
        this.monthly = series.is("bucket", "month");
        this.show = show;
    }

    /** Of one meter. */
    public record MeterChart(String name, String unit, BigDecimal quantity, Chart chart) {}

    public boolean monthly() {
        return monthly;
    }

    /** How much of the meters that brought most was used, those first. */
    public List<MeterChart> meters() {
        Map<String, BigDecimal> charges = new LinkedHashMap<>();
        Map<String, BigDecimal> quantities = new LinkedHashMap<>();
        Map<String, Facts> meters = new LinkedHashMap<>();
        for (Facts item : series.items()) {
            String meter = item.text("meter");
            charges.merge(meter, item.decimal("charge"), BigDecimal::add);
            quantities.merge(meter, item.decimal("quantity"), BigDecimal::add);
            meters.put(meter, item);
        }
        List<MeterChart> charts = new ArrayList<>();
        charges.entrySet().stream()
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue(Comparator.reverseOrder()))
                .limit(CHARTS)
                .forEach(entry -> {
                    Facts meter = meters.getOrDefault(entry.getKey(), Facts.NONE);
                    String unit = meter.text("unit");
                    Chart chart = charts.isEmpty() ? new Chart() : Chart.ofWholes();
                    charts.add(new MeterChart(
                            meter.text("name"),
                            unit,
                            quantities.getOrDefault(entry.getKey(), BigDecimal.ZERO),
                            filled(
                                    chart,
                                    List.of("quantity"),
                                    item -> item.is("meter", entry.getKey()),
                                    (when, values) -> when + '\n' + show.quantity(values.get(0)) + ' ' + unit)));
                });
        return charts;
    }

    /** What customers were charged beside what it cost. */
    public Chart priceAgainstCost(String unit) {
        return filled(
                Chart.sideBySide(),
                List.of("charge", "cost"),
                item -> true,
                (when, values) ->
                        when + '\n' + show.money(values.get(0), unit) + '\n' + show.money(values.get(1), unit));
    }

    private Chart filled(
            Chart chart,
            List<String> figures,
            Predicate<Facts> counted,
            BiFunction<String, List<BigDecimal>, String> tip) {
        Instant from = series.instant("from");
        Instant to = series.instant("to");
        if (from == null || to == null) {
            return chart;
        }
        Map<LocalDate, List<BigDecimal>> sums = new LinkedHashMap<>();
        for (Facts item : series.items()) {
            if (counted.test(item)) {
                sums.merge(
                        LocalDate.parse(item.text("begin")),
                        figures.stream().map(item::decimal).toList(),
                        UsageOverTime::added);
            }
        }
        List<BigDecimal> nothing = figures.stream().map(any -> BigDecimal.ZERO).toList();
        LocalDate day = RevenueChart.begin(LocalDate.ofInstant(from, ZoneOffset.UTC), monthly);
        LocalDate end = LocalDate.ofInstant(to, ZoneOffset.UTC);
        for (int i = 0; day.isBefore(end) && i < RevenueChart.LONGEST; i++) {
            List<BigDecimal> values = sums.getOrDefault(day, nothing);
            chart.add(RevenueChart.label(day, monthly), values, tip.apply(RevenueChart.full(day, monthly), values));
            day = RevenueChart.next(day, monthly);
        }
        return chart;
    }

    private static List<BigDecimal> added(List<BigDecimal> some, List<BigDecimal> more) {
        List<BigDecimal> sums = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            sums.add(some.get(i).add(more.get(i)));
        }
        return sums;
    }
}
