package org.bursar.web.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was received, out of a revenue report: day by day, or month by month where there are too many days to tell apart. */
public final class RevenueChart {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH_OF_YEAR = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
    private static final int MOST_DAYS = 62;
    /** The most columns. */
    static final int LONGEST = 100;

    private RevenueChart() {}

    /** What one gateway brought in one currency in a day or a month, for the table. */
    public record Row(
            String when, String gateway, String currency, long purchases, BigDecimal amount, BigDecimal credits) {
        private Row and(Row other) {
            return new Row(
                    when,
                    gateway,
                    currency,
                    purchases + other.purchases,
                    amount.add(other.amount),
                    credits.add(other.credits));
        }
    }

    /** Whether the report covers so much that its months are shown. */
    public static boolean monthly(Facts revenue) {
        Instant from = revenue.instant("from");
        Instant to = revenue.instant("to");
        return from != null && to != null && Duration.between(from, to).toDays() > MOST_DAYS;
    }

    /** What most was received in, the tenant's own unit if anything was; other currencies stand in the table alone. */
    public static String currency(Facts revenue, String unit) {
        List<Facts> totals = revenue.list("totals");
        return totals.isEmpty() || totals.stream().anyMatch(total -> total.is("amount/currency", unit))
                ? unit
                : totals.stream()
                        .max(Comparator.comparingLong(total -> total.whole("purchases")))
                        .map(total -> total.text("amount/currency"))
                        .orElse(unit);
    }

    /** What was received in one currency. */
    public static BigDecimal received(Facts revenue, String currency) {
        return revenue.list("totals").stream()
                .filter(total -> total.is("amount/currency", currency))
                .map(total -> total.decimal("amount/amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The bars, of what was received in one currency. */
    public static Chart of(Facts revenue, Show show, String unit) {
        Chart chart = new Chart();
        Instant from = revenue.instant("from");
        Instant to = revenue.instant("to");
        if (from == null || to == null) {
            return chart;
        }
        boolean monthly = monthly(revenue);
        Map<LocalDate, BigDecimal> sums = new TreeMap<>();
        for (Facts item : revenue.items()) {
            if (item.is("amount/currency", unit)) {
                sums.merge(begin(item, monthly), item.decimal("amount/amount"), BigDecimal::add);
            }
        }
        LocalDate day = begin(from.atZone(ZoneOffset.UTC).toLocalDate(), monthly);
        LocalDate end = to.atZone(ZoneOffset.UTC).toLocalDate();
        for (int i = 0; day.isBefore(end) && i < LONGEST; i++) {
            BigDecimal value = sums.getOrDefault(day, BigDecimal.ZERO);
            String tip = (monthly ? MONTH_OF_YEAR : DAY).format(day) + '\n' + show.money(value, unit);
            chart.add(label(day, monthly), List.of(value), tip);
            day = next(day, monthly);
        }
        return chart;
    }

    /** The same figures by gateway and currency, the latest first. */
    public static List<Row> rows(Facts revenue) {
        boolean monthly = monthly(revenue);
        Map<String, Row> rows = new TreeMap<>();
        for (Facts item : revenue.items()) {
            LocalDate begin = begin(item, monthly);
            Row row = new Row(
                    full(begin, monthly),
                    item.text("gateway"),
                    item.text("amount/currency"),
                    item.whole("purchases"),
                    item.decimal("amount/amount"),
                    item.decimal("credits"));
            rows.merge(begin + " " + row.gateway() + ' ' + row.currency(), row, Row::and);
        }
        List<Row> latestFirst = new ArrayList<>(rows.values());
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    private static LocalDate begin(Facts item, boolean monthly) {
        return begin(LocalDate.parse(item.text("day")), monthly);
    }

    static LocalDate next(LocalDate day, boolean monthly) {
        return monthly ? day.plusMonths(1) : day.plusDays(1);
    }

    /** What a column is called below it. */
    static String label(LocalDate day, boolean monthly) {
        return (monthly ? MONTH : DAY).format(day);
    }

    /** What it is called in a table. */
    static String full(LocalDate day, boolean monthly) {
        return (monthly ? MONTH_OF_YEAR : DAY_OF_YEAR).format(day);
    }

    static LocalDate begin(LocalDate day, boolean monthly) {
        return monthly ? day.withDayOfMonth(1) : day;
    }
}
