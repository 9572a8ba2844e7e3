package org.bursar.tenancy.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.function.Supplier;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.tenancy.internal.SandboxClocks.Advance;
import org.bursar.tenancy.internal.sql.ClockRow;
import org.jspecify.annotations.Nullable;

/** Where a clock is to go, checked: only forward, and not further than is worth the time it takes. */
final class ClockTarget {
    private static final int MOST_YEARS = 5;

    /** Where partitions by the day and clocks of other programs still work. */
    private static final Instant LAST = Instant.parse("2900-01-01T00:00:00Z");

    private ClockTarget() {}

    /**
     * What a form asks for.
     *
     * @param zone in which days, months and years are added
     * @throws org.bursar.kernel.ProblemException {@code invalid}
     */
    static Instant of(ClockRow row, @Nullable Advance form, Supplier<ZoneId> zone) {
        Checks checks = new Checks();
        Instant to = form == null ? null : form.to();
        String by = form == null ? null : form.by();
        if (to == null && by == null) {
            checks.error("/to", FieldProblems.REQUIRED, "either to, an instant, or by, a period such as P1M");
        } else if (to != null && by != null) {
            checks.error("/by", FieldProblems.NOT_HERE, "either to or by, not both");
        }
        checks.done();
        Instant target = to != null ? to : by != null ? later(checks, row.target(), by, zone) : row.target();
        checks.done();
        String pointer = to != null ? "/to" : "/by";
        Instant most =
                row.target().atOffset(ZoneOffset.UTC).plusYears(MOST_YEARS).toInstant();
        checks.that(
                !target.isBefore(row.target()),
                pointer,
                FieldProblems.OUT_OF_RANGE,
                "a clock goes forward only: not before " + row.target());
        checks.that(
                !target.isAfter(most) && !target.isAfter(LAST),
                pointer,
                FieldProblems.OUT_OF_RANGE,
                "at most " + MOST_YEARS + " years at once, and not after " + LAST);
        checks.done();
        return target.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant later(Checks checks, Instant from, String by, Supplier<ZoneId> zone) {
        TemporalAmount amount = amount(by);
        if (amount == null) {
            checks.error("/by", FieldProblems.MALFORMED, "an ISO 8601 duration such as P1M, P1D or PT1H");
            return from;
        }
        try {
            return from.atZone(zone.get()).plus(amount).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            checks.error("/by", FieldProblems.OUT_OF_RANGE, "at most " + MOST_YEARS + " years at once");
            return from;
        }
    }

    private static @Nullable TemporalAmount amount(String by) {
        try {
            return Period.parse(by);
        } catch (DateTimeParseException e) {
            try {
                return Duration.parse(by);
            } catch (DateTimeParseException f) {
                return null;
            }
        }
    }
}
