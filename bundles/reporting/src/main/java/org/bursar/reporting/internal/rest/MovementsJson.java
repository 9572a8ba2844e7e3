package org.bursar.reporting.internal.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.bursar.reporting.MovementsReport;
import org.bursar.reporting.internal.rest.RevenueJson.Amount;
import org.jspecify.annotations.Nullable;

/** The report of movements as JSON. */
record MovementsJson(Instant from, Instant to, @Nullable Instant countedSince, List<Line> items, List<Total> totals) {
    record Moved(long changes, Amount amount) {
        static Moved of(MovementsReport.Moved moved, String currency) {
            return new Moved(moved.times(), Amount.of(moved.amount(), currency));
        }
    }

    /** How many count: opening + started − ended = closing. */
    record Count(long opening, long started, long ended, long closing) {
        static Count of(MovementsReport.Movements moved) {
            return new Count(moved.subscriptions(), moved.started(), moved.ended(), moved.closingSubscriptions());
        }
    }

    /** One day in one currency: opening, the five movements, and closing, which is their sum. */
    record Line(
            LocalDate day,
            Amount opening,
            Moved newBusiness,
            Moved expansion,
            Moved contraction,
            Moved churn,
            Moved reactivation,
            Amount closing,
            Count subscriptions) {
        static Line of(MovementsReport.Line line) {
            Total total = Total.of(line.movements());
            return new Line(
                    line.day(),
                    total.opening,
                    total.newBusiness,
                    total.expansion,
                    total.contraction,
                    total.churn,
                    total.reactivation,
                    total.closing,
                    total.subscriptions);
        }
    }

    record Total(
            Amount opening,
            Moved newBusiness,
            Moved expansion,
            Moved contraction,
            Moved churn,
            Moved reactivation,
            Amount closing,
            Count subscriptions) {
        static Total of(MovementsReport.Movements moved) {
            String currency = moved.currency();
            return new Total(
                    Amount.of(moved.opening(), currency),
                    Moved.of(moved.newBusiness(), currency),
                    Moved.of(moved.expansion(), currency),
                    Moved.of(moved.contraction(), currency),
                    Moved.of(moved.churn(), currency),
                    Moved.of(moved.reactivation(), currency),
                    Amount.of(moved.closing(), currency),
                    Count.of(moved));
        }
    }

    static MovementsJson of(MovementsReport report) {
        return new MovementsJson(
                report.period().from(),
                report.period().to(),
                report.countedSince().orElse(null),
                report.lines().stream().map(Line::of).toList(),
                report.totals().stream().map(Total::of).toList());
    }
}
