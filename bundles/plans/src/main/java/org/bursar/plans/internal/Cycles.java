package org.bursar.plans.internal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.bursar.plans.BillingCycle;

/**
 * Where cycles begin and end. Cycle n begins n months or years after the anchor, by the calendar and the clock on the wall of
 * the zone. It is always counted from the anchor, never from the cycle before: so 31 January is followed by 28 February and
 * then by 31 March.
 */
record Cycles(Instant anchor, BillingCycle length, ZoneId zone) {

    /** A cycle: from its first instant to the first of the next. */
    record Cycle(Instant from, Instant to) {
        /** The same, ended sooner when something else begins before its end. */
        Cycle cutAt(Instant end) {
            return end.isBefore(to) && end.isAfter(from) ? new Cycle(from, end) : this;
        }
    }

    /** The calendar months of a zone. */
    static Cycles calendarMonths(ZoneId zone) {
        return new Cycles(ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, zone).toInstant(), BillingCycle.MONTH, zone);
    }

    /** The cycle that an instant falls in. */
    Cycle at(Instant instant) {
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

    /** The cycle that an instant falls in, or the first when it is before the anchor. */
    Cycle atOrFirst(Instant instant) {
        return at(instant.isBefore(anchor) ? anchor : instant);
    }

    private Instant start(long number) {
        return anchor.atZone(zone).plus(number, unit()).toInstant();
    }

    private ChronoUnit unit() {
        return length == BillingCycle.MONTH ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
    }
}
