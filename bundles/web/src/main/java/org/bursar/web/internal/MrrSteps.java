package org.bursar.web.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What moved recurring revenue, out of a report of movements: day by day or month by month, up to the present one. */
public final class MrrSteps {
    private static final List<String> KINDS =
            List.of("newBusiness", "expansion", "reactivation", "contraction", "churn");

    private final Facts report;
    private final String currency;
    private final boolean monthly;
    private final List<Step> steps = new ArrayList<>();

    /** Changes of one kind; {@code amount} is negative where less came of them. */
    public record Moved(String kind, long changes, BigDecimal amount) {}

    /**
     * One day or month.
     *
     * @param moved by kind, always all five in the same order; {@code opening} and they add up to {@code closing}
     */
    public record Step(
            LocalDate begin,
            String when,
            BigDecimal opening,
            List<Moved> moved,
            BigDecimal closing,
            long subscriptions) {
        boolean anything() {
            return subscriptions > 0 || moved.stream().anyMatch(kind -> kind.changes() > 0);
        }

        public BigDecimal change() {
            return closing.subtract(opening);
        }

        /** What a subscription brings on average; null when there is none. */
        public @Nullable BigDecimal average() {
            return subscriptions == 0
                    ? null
                    : closing.divide(BigDecimal.valueOf(subscriptions), 2, RoundingMode.HALF_EVEN);
        }

        public BigDecimal churn() {
            return moved.get(moved.size() - 1).amount();
        }
    }

    private MrrSteps(Facts report, String currency) {
        this.report = report;
        this.currency = currency;
        this.monthly = RevenueChart.monthly(report);
    }

    /** Of one currency; days that have not come, and those before changes were kept, are not among the steps. */
    public static MrrSteps of(Facts report, String currency, Instant now) {
        MrrSteps steps = new MrrSteps(report, currency);
        Instant from = report.instant("from");
        Instant to = report.instant("to");
        if (from != null && to != null) {
            steps.fill(later(from, report.instant("countedSince")), to.isBefore(now) ? to : now);
        }
        return steps;
    }

    private static Instant later(Instant from, @Nullable Instant since) {
        return since != null && since.isAfter(from) ? since : from;
    }

    private void fill(Instant from, Instant to) {
        Facts total = total();
        if (!total.there()) {
            return;
        }
        Map<LocalDate, List<Facts>> moves = new TreeMap<>();
        for (Facts item : report.items()) {
            if (item.is("opening/currency", currency)) {
                moves.computeIfAbsent(
                                RevenueChart.begin(LocalDate.parse(item.text("day")), monthly),
                                first -> new ArrayList<>())
                        .add(item);
            }
        }
        BigDecimal opening = total.decimal("opening/amount");
        long subscriptions = total.whole("subscriptions/opening");
        LocalDate begin = RevenueChart.begin(from.atZone(ZoneOffset.UTC).toLocalDate(), monthly);
        while (begin.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(to) && steps.size() < RevenueChart.LONGEST) {
            List<Facts> items = moves.getOrDefault(begin, List.of());
            List<Moved> moved = KINDS.stream().map(kind -> moved(kind, items)).toList();
            BigDecimal closing = moved.stream().map(Moved::amount).reduce(opening, BigDecimal::add);
            for (Facts item : items) {
                subscriptions += item.whole("subscriptions/started") - item.whole("subscriptions/ended");
            }
            steps.add(new Step(begin, RevenueChart.full(begin, monthly), opening, moved, closing, subscriptions));
            opening = closing;
            begin = RevenueChart.next(begin, monthly);
        }
    }

    private static Moved moved(String kind, List<Facts> items) {
        return new Moved(
                kind,
                items.stream().mapToLong(item -> item.whole(kind + "/changes")).sum(),
                items.stream()
                        .map(item -> item.decimal(kind + "/amount/amount"))
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private Facts total() {
        return report.list("totals").stream()
                .filter(total -> total.is("opening/currency", currency))
                .findFirst()
                .orElse(Facts.NONE);
    }

    /** The latest first, without those before there was anything. */
    public List<Step> latestFirst() {
        List<Step> reversed = new ArrayList<>(
                steps.stream().dropWhile(step -> !step.anything()).toList());
        Collections.reverse(reversed);
        return reversed;
    }

    public boolean empty() {
        return steps.isEmpty();
    }

    public boolean monthly() {
        return monthly;
    }

    /** From when on changes were kept, where the report begins before; null: it tells all. */
    public @Nullable Instant since() {
        Instant since = report.instant("countedSince");
        Instant from = report.instant("from");
        return since != null && from != null && since.isAfter(from) ? since : null;
    }

    /** What is looked at most closely: the latest month of many; where days are shown, all of them. Not of an empty report. */
    public Step latest() {
        Step last = steps.get(steps.size() - 1);
        if (monthly) {
            return last;
        }
        Facts total = total();
        return new Step(
                steps.get(0).begin(),
                "",
                total.decimal("opening/amount"),
                KINDS.stream().map(kind -> moved(kind, List.of(total))).toList(),
                total.decimal("closing/amount"),
                last.subscriptions());
    }

    /** What subscriptions bring each month, at each end. */
    public Chart brought(Show show) {
        return chart(new Chart(), Step::closing, step -> show.money(step.closing(), currency));
    }

    /** How many there are, at each end. */
    public Chart counted(Show show) {
        return chart(
                Chart.ofWholes(),
                step -> BigDecimal.valueOf(step.subscriptions()),
                step -> show.number(step.subscriptions()));
    }

    private Chart chart(Chart chart, Function<Step, BigDecimal> value, Function<Step, String> tip) {
        Map<LocalDate, Step> known = new TreeMap<>();
        steps.forEach(step -> known.put(step.begin(), step));
        Instant from = report.instant("from");
        Instant to = report.instant("to");
        if (from == null || to == null) {
            return chart;
        }
        LocalDate end = to.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate begin = RevenueChart.begin(from.atZone(ZoneOffset.UTC).toLocalDate(), monthly);
        for (int i = 0; begin.isBefore(end) && i < RevenueChart.LONGEST; i++) {
            Step step = known.get(begin);
            chart.add(
                    RevenueChart.label(begin, monthly),
                    List.of(step == null ? BigDecimal.ZERO : value.apply(step)),
                    RevenueChart.full(begin, monthly) + '\n' + (step == null ? "–" : tip.apply(step)));
            begin = RevenueChart.next(begin, monthly);
        }
        return chart;
    }
}
