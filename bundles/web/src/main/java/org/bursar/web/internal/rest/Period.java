package org.bursar.web.internal.rest;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.bursar.web.internal.Visit;

/**
 * A period of days, as the address of a list says it.
 *
 * @param chosen {@code 7}, {@code 30} or {@code 90} days back with today, {@code dates} for those of the two dates, empty: ever
 * @param from a date, included; empty: since ever
 * @param to a date, included; empty: for ever
 */
public record Period(String chosen, String from, String to) {
    /** What can be chosen. */
    public static final List<String> ALL = List.of("7", "30", "90", "dates");

    /** @param name of the field in which one is chosen */
    static Period of(Visit visit, String name) {
        return of(
                visit.query(name),
                visit.query("from").strip(),
                visit.query("to").strip());
    }

    static Period of(String chosen, String from, String to) {
        // dates that somebody wrote into the address are meant
        String period = ALL.contains(chosen) ? chosen : from.isEmpty() && to.isEmpty() ? "" : "dates";
        boolean dates = period.equals("dates");
        return new Period(period, dates ? from : "", dates ? to : "");
    }

    /** When it begins, for the operation; days are those of the zone. */
    String begin(LocalDate today, ZoneId zone) {
        boolean back = !chosen.isEmpty() && !chosen.equals("dates");
        return back ? begin(today.minusDays(Integer.parseInt(chosen) - 1L).toString(), 0, zone) : begin(from, 0, zone);
    }

    /** When it is over, for the operation. */
    String end(ZoneId zone) {
        return begin(to, 1, zone);
    }

    /** When a day begins, or one that follows it; what is no date is sent as it is, so that the operation says what is wrong. */
    private static String begin(String date, int daysLater, ZoneId zone) {
        try {
            return date.isEmpty()
                    ? ""
                    : LocalDate.parse(date)
                            .plusDays(daysLater)
                            .atStartOfDay(zone)
                            .toInstant()
                            .toString();
        } catch (DateTimeException e) {
            return date;
        }
    }
}
