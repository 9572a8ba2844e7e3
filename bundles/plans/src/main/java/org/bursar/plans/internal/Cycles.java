package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.jspecify.annotations.Nullable;

/**
 * Where cycles begin and end. Cycle n begins n months or years after the anchor, by the calendar and the clock on the wall of
 * the zone. It is always counted from the anchor, never from the cycle before: so 31 January is followed by 28 February and
 * then by 31 March.
 *
 * @param stub where cycles by the calendar begin: their anchor is the first moment of a month, and what lies before it is the first
 *     cycle; null: the anchor is where they begin
 */
record Cycles(
        Instant anchor,
        BillingCycle length,
        ZoneId zone,
        @Nullable Instant stub) {
    /** Cycles that are counted from their beginning. */
    Cycles(Instant anchor, BillingCycle length, ZoneId zone) {
        this(anchor, length, zone, null);
    }

    /** A cycle: from its first instant to the first of the next. */
    record Cycle(Instant from, Instant to) {
        /** The same, ended sooner when something else begins before its end. */
        Cycle cutAt(Instant end) {
            return end.isBefore(to) && end.isAfter(from) ? new Cycle(from, end) : this;
        }
    }

    /** The cycles of a subscription that begins at an instant. */
    static Cycles beginning(Instant begin, BillingCycle length, CycleStart start, ZoneId zone) {
        if (start == CycleStart.ANNIVERSARY) {
            return new Cycles(begin, length, zone);
        }
        LocalDate month = LocalDate.ofInstant(begin, zone).withDayOfMonth(1);
        Instant first = month.atStartOfDay(zone).toInstant();
        Instant anchor = first.equals(begin)
                ? first
                : month.plusMonths(1).atStartOfDay(zone).toInstant();
        return new Cycles(anchor, length, zone, begin);
    }

    /** The calendar months of a zone. */
    static Cycles calendarMonths(ZoneId zone) {
        return new Cycles(ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, zone).toInstant(), BillingCycle.MONTH, zone);
    }

    /** How they begin. */
    CycleStart start() {
        return stub == null ? CycleStart.ANNIVERSARY : CycleStart.CALENDAR;
    }

    /** The cycle that an instant falls in. */
    Cycle at(Instant instant) {
        if (stub != null && stub.isBefore(anchor) && instant.isBefore(anchor)) {
            return new Cycle(stub, anchor);
        }
        long number = unit().between(anchor.atZone(zone), instant.atZone(zone));
        // between() counts whole units one by one from the anchor, so it can be off by one where a month is short
        while (start(number).isAfter(instant)) {
            number--;
        }
        while (!start(number + 1).isAfter(instant)) {
            number++;
        }
        return new Cycle(start(number), start(number + 1));
    }

    /** The cycle that an instant falls in, or the first when it is before all of them. */
    Cycle atOrFirst(Instant instant) {
        Instant first = stub == null ? anchor : stub;
        return at(instant.isBefore(first) ? first : instant);
    }

    /** Where a cycle would have begun if it were a whole one; only that before the anchor is not. */
    Instant wholeFrom(Cycle cycle) {
        return stub != null && cycle.from().equals(stub) && stub.isBefore(anchor) ? start(-1) : cycle.from();
    }

    /** What a cycle costs when a whole one costs so much. */
    BigDecimal price(BigDecimal whole, Cycle cycle) {
        Instant from = wholeFrom(cycle);
        return from.equals(cycle.from()) ? whole : Proration.rest(whole, from, cycle.to(), cycle.from());
    }

    private Instant start(long number) {
        if (stub != null) {
            // a month begins with its first moment, which is not midnight where the clocks are put forward then
            return LocalDate.ofInstant(anchor, zone)
                    .plus(number, unit())
                    .atStartOfDay(zone)
                    .toInstant();
        }
        return anchor.atZone(zone).plus(number, unit()).toInstant();
    }

    private ChronoUnit unit() {
        return length == BillingCycle.MONTH ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
    }
}
