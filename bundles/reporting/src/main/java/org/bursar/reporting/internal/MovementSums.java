package org.bursar.reporting.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bursar.reporting.MovementsReport;
import org.bursar.reporting.MovementsReport.Line;
import org.bursar.reporting.MovementsReport.Moved;
import org.bursar.reporting.MovementsReport.Movements;
import org.bursar.reporting.Period;
import org.bursar.reporting.internal.sql.MovementRow;

/** Makes a report of what was counted, currency by currency; currencies are never added to each other. */
final class MovementSums {
    private MovementSums() {}

    static MovementsReport report(Period period, Optional<Instant> since, List<MovementRow> rows) {
        Map<String, Movements> openings = new TreeMap<>();
        Map<String, TreeMap<LocalDate, Movements>> days = new TreeMap<>();
        for (MovementRow row : rows) {
            Movements none = Movements.of(row.currency(), BigDecimal.ZERO, 0);
            openings.putIfAbsent(row.currency(), none);
            LocalDate day = row.day();
            if (day == null) {
                openings.computeIfPresent(
                        row.currency(),
                        (same, before) -> Movements.of(
                                row.currency(),
                                before.opening().add(row.amount()),
                                before.subscriptions() + row.started() - row.ended()));
            } else {
                days.computeIfAbsent(row.currency(), first -> new TreeMap<>())
                        .merge(day, moved(none, row), Movements::and);
            }
        }
        List<Movements> totals = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        openings.forEach((currency, opening) -> {
            Movements total = opening;
            for (Map.Entry<LocalDate, Movements> day :
                    days.getOrDefault(currency, new TreeMap<>()).entrySet()) {
                Movements before = Movements.of(currency, total.closing(), total.closingSubscriptions());
                lines.add(new Line(day.getKey(), before.and(day.getValue())));
                total = total.and(day.getValue());
            }
            totals.add(total);
        });
        lines.sort(Comparator.comparing(Line::day));
        return new MovementsReport(period, since, totals, lines);
    }

    private static Movements moved(Movements none, MovementRow row) {
        Moved moved = new Moved(row.times(), row.amount());
        String kind = row.kind() == null ? "" : row.kind();
        return new Movements(
                none.currency(),
                none.opening(),
                only(kind, "NEW", moved),
                only(kind, "EXPANSION", moved),
                only(kind, "CONTRACTION", moved),
                only(kind, "CHURN", moved),
                only(kind, "REACTIVATION", moved),
                none.subscriptions(),
                row.started(),
                row.ended());
    }

    private static Moved only(String kind, String wanted, Moved moved) {
        return kind.equals(wanted) ? moved : Moved.NOTHING;
    }
}
