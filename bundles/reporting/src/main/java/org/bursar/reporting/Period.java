package org.bursar.reporting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.jspecify.annotations.Nullable;

/**
 * What a report covers.
 *
 * @param from included
 * @param to not included
 */
public record Period(Instant from, Instant to) {
    /** The longest period of a report, in days. */
    public static final int MOST_DAYS = 400;

    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a period ends after it begins: " + from + " to " + to);
        }
    }

    /**
     * Reads what a caller asks for: each an instant (RFC 3339) or a plain date, which as {@code from} means its begin and as
     * {@code to} its end, in UTC. Missing ones are the begin and the end of the month: the one that the other lies in, or the
     * present one.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} at {@code /from} or {@code /to}; more than {@value #MOST_DAYS} days
     */
    public static Period of(@Nullable String from, @Nullable String to, Clock clock) {
        Checks checks = new Checks();
        Instant begin = checks.begin("/from", from);
        Instant end = checks.end("/to", to);
        checks.done();
        LocalDate month = date(begin != null ? begin : end != null ? end.minusNanos(1) : clock.instant())
                .withDayOfMonth(1);
        Instant first = begin != null ? begin : start(month);
        Instant last = end != null ? end : start(month.plusMonths(1));
        checks.that(!last.isBefore(first), "/to", FieldProblems.OUT_OF_RANGE, "to is not before from");
        checks.that(
                Duration.between(first, last).compareTo(Duration.ofDays(MOST_DAYS)) <= 0,
                "/from",
                FieldProblems.OUT_OF_RANGE,
                "a report covers at most " + MOST_DAYS + " days");
        checks.done();
        return new Period(first, last);
    }

    /**
     * The last days, of which today is the last, in UTC.
     *
     * @param days 1 to {@value UsageSeries#MOST_DAYS_OF_ONE}, as sent
     * @throws org.bursar.kernel.ProblemException {@code invalid} at {@code /days}
     */
    public static Period lastDays(String days, Clock clock) {
        boolean fits = days.matches("[1-9][0-9]?") && Integer.parseInt(days) <= UsageSeries.MOST_DAYS_OF_ONE;
        if (!fits) {
            throw new ProblemException(Problems.invalid(
                    "/days",
                    FieldProblems.OUT_OF_RANGE,
                    "a whole number of days, 1 to " + UsageSeries.MOST_DAYS_OF_ONE));
        }
        LocalDate tomorrow = date(clock.instant()).plusDays(1);
        return new Period(start(tomorrow.minusDays(Integer.parseInt(days))), start(tomorrow));
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** The smallest period of whole buckets, at least one, that covers this one. */
    public Period widened(Bucket bucket) {
        Instant first = from.truncatedTo(bucket.unit());
        Instant last = to.truncatedTo(bucket.unit());
        return new Period(first, last.isBefore(to) || last.equals(first) ? last.plus(bucket.length()) : last);
    }

    /** The first day. */
    public LocalDate firstDay() {
        return date(from);
    }

    /** The day after the last one; exact for a period of whole days. */
    public LocalDate dayAfter() {
        return date(to);
    }
}
