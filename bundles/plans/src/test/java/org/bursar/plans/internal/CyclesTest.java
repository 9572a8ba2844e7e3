package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.internal.Cycles.Cycle;

class CyclesTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Example
    void theLastOfJanuaryIsFollowedByTheLastOfFebruaryAndTheLastOfMarch() {
        Cycles cycles = new Cycles(Instant.parse("2026-01-31T10:00:00Z"), BillingCycle.MONTH, ZoneOffset.UTC);
        Cycle february = cycles.at(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(february.from()).isEqualTo("2026-02-28T10:00:00Z");
        assertThat(february.to()).isEqualTo("2026-03-31T10:00:00Z");
    }

    @Example
    void aLeapDayIsKeptByEveryFourthYear() {
        Cycles cycles = new Cycles(Instant.parse("2024-02-29T00:00:00Z"), BillingCycle.YEAR, ZoneOffset.UTC);
        assertThat(cycles.at(Instant.parse("2025-06-01T00:00:00Z")).from()).isEqualTo("2025-02-28T00:00:00Z");
        assertThat(cycles.at(Instant.parse("2028-06-01T00:00:00Z")).from()).isEqualTo("2028-02-29T00:00:00Z");
    }

    @Example
    void theClockOnTheWallStaysWhenTheSeasonChanges() {
        Instant anchor =
                LocalDateTime.parse("2026-02-20T09:00").atZone(NEW_YORK).toInstant();
        Cycles cycles = new Cycles(anchor, BillingCycle.MONTH, NEW_YORK);
        Cycle cycle = cycles.at(anchor);
        assertThat(cycle.to().atZone(NEW_YORK).toLocalDateTime()).isEqualTo("2026-03-20T09:00");
        assertThat(cycle.to()).isEqualTo("2026-03-20T13:00:00Z");
    }

    @Example
    void anHourThatDoesNotExistMovesTheBoundaryAndLosesNothing() {
        Instant anchor =
                LocalDateTime.parse("2026-02-08T02:30").atZone(NEW_YORK).toInstant();
        Cycles cycles = new Cycles(anchor, BillingCycle.MONTH, NEW_YORK);
        Cycle first = cycles.at(anchor);
        Cycle second = cycles.at(first.to());
        assertThat(first.to().atZone(NEW_YORK).toLocalDateTime()).isEqualTo("2026-03-08T03:30");
        assertThat(second.from()).isEqualTo(first.to());
        assertThat(second.to().atZone(NEW_YORK).toLocalDateTime()).isEqualTo("2026-04-08T02:30");
    }

    @Example
    void whatIsBeforeTheAnchorBelongsToTheFirstCycle() {
        Cycles cycles = new Cycles(Instant.parse("2026-05-05T00:00:00Z"), BillingCycle.MONTH, ZoneOffset.UTC);
        assertThat(cycles.atOrFirst(Instant.parse("2026-05-04T23:59:59Z")))
                .isEqualTo(cycles.at(Instant.parse("2026-05-05T00:00:00Z")));
    }

    @Example
    void calendarMonthsBeginOnTheFirstOfTheZonesMonth() {
        Cycle cycle = Cycles.calendarMonths(NEW_YORK).at(Instant.parse("2026-07-01T03:00:00Z"));
        assertThat(cycle.from()).isEqualTo("2026-06-01T04:00:00Z");
        assertThat(cycle.to()).isEqualTo("2026-07-01T04:00:00Z");
    }

    @Property
    void everyInstantLiesInExactlyOneCycleAndCyclesFollowEachOther(
            @ForAll("instants") Instant anchor,
            @ForAll("instants") Instant instant,
            @ForAll BillingCycle length,
            @ForAll("zones") ZoneId zone) {
        Cycles cycles = new Cycles(anchor, length, zone);
        Cycle cycle = cycles.at(instant);
        assertThat(cycle.from()).isBeforeOrEqualTo(instant);
        assertThat(cycle.to()).isAfter(instant);
        assertThat(cycles.at(cycle.from())).isEqualTo(cycle);
        assertThat(cycles.at(cycle.to().minusNanos(1_000))).isEqualTo(cycle);
        assertThat(cycles.at(cycle.to()).from()).isEqualTo(cycle.to());
        assertThat(cycles.at(anchor).from()).isEqualTo(anchor);
    }

    @Example
    void byTheCalendarTheFirstIsWhatIsLeftOfTheMonthAndCostsItsPart() {
        Instant begin = LocalDateTime.parse("2026-11-16T00:00").atZone(NEW_YORK).toInstant();
        Cycles cycles = Cycles.beginning(begin, BillingCycle.MONTH, CycleStart.CALENDAR, NEW_YORK);
        Cycle stub = cycles.at(begin);
        assertThat(stub.from()).isEqualTo(begin);
        assertThat(stub.to()).isEqualTo("2026-12-01T05:00:00Z");
        // November has an hour more there
        assertThat(cycles.price(new BigDecimal("721"), stub)).isEqualByComparingTo("360");
        Cycle next = cycles.at(stub.to());
        assertThat(next.to()).isEqualTo("2027-01-01T05:00:00Z");
        assertThat(cycles.price(new BigDecimal("30"), next)).isEqualByComparingTo("30");
        Cycles years = Cycles.beginning(begin, BillingCycle.YEAR, CycleStart.CALENDAR, NEW_YORK);
        assertThat(years.at(begin)).isEqualTo(stub);
        assertThat(years.at(stub.to()).to()).isEqualTo("2027-12-01T05:00:00Z");
        assertThat(years.price(new BigDecimal("8760"), stub)).isEqualByComparingTo("360");
    }

    @Example
    void aMonthWhoseFirstDayHasNoMidnightBeginsWithItsFirstMoment() {
        ZoneId zone = ZoneId.of("America/Asuncion");
        Instant begin = Instant.parse("2023-09-20T12:00:00Z");
        Cycles cycles = Cycles.beginning(begin, BillingCycle.MONTH, CycleStart.CALENDAR, zone);
        assertThat(cycles.at(begin).to().atZone(zone).toLocalDateTime()).isEqualTo("2023-10-01T01:00");
        Instant november = cycles.at(cycles.anchor()).to();
        assertThat(november.atZone(zone).toLocalDateTime()).isEqualTo("2023-11-01T00:00");
    }

    @Property
    void byTheCalendarEveryLaterCycleBeginsWithAMonthAndTheyFollowEachOther(
            @ForAll("instants") Instant begin,
            @ForAll("instants") Instant other,
            @ForAll BillingCycle length,
            @ForAll("zones") ZoneId zone) {
        Cycles cycles = Cycles.beginning(begin, length, CycleStart.CALENDAR, zone);
        Instant instant = other.isBefore(begin) ? begin : other;
        Cycle cycle = cycles.at(instant);
        assertThat(cycle.from()).isBeforeOrEqualTo(instant);
        assertThat(cycle.to()).isAfter(instant);
        assertThat(cycles.at(cycle.from())).isEqualTo(cycle);
        assertThat(cycles.at(cycle.to().minusNanos(1_000))).isEqualTo(cycle);
        assertThat(cycles.at(cycle.to()).from()).isEqualTo(cycle.to());
        assertThat(cycles.at(begin).from()).isEqualTo(begin);
        assertThat(cycles.atOrFirst(begin.minusSeconds(1))).isEqualTo(cycles.at(begin));
        assertThat(firstMoment(cycle.to(), zone)).isTrue();
        assertThat(cycle.from().equals(begin) || firstMoment(cycle.from(), zone))
                .isTrue();
        // the stub lies within one month
        assertThat(YearMonth.from(cycles.at(begin).to().minusNanos(1_000).atZone(zone)))
                .isEqualTo(
                        cycles.at(begin).to().equals(cycles.anchor())
                                ? YearMonth.from(begin.atZone(zone))
                                : YearMonth.from(
                                        cycles.at(begin).to().minusNanos(1_000).atZone(zone)));
    }

    @Property
    void aStubAndWhatWasBeforeItOfTheMonthCostAWholeCycle(
            @ForAll("instants") Instant begin, @ForAll("zones") ZoneId zone) {
        BigDecimal price = new BigDecimal("97.31");
        Cycles cycles = Cycles.beginning(begin, BillingCycle.MONTH, CycleStart.CALENDAR, zone);
        Cycle stub = cycles.at(begin);
        Instant month = cycles.wholeFrom(stub);
        assertThat(firstMoment(month, zone)).isTrue();
        BigDecimal before =
                Proration.rest(price, month, stub.to(), month).subtract(Proration.rest(price, month, stub.to(), begin));
        assertThat(before.add(cycles.price(price, stub))).isEqualByComparingTo(price);
        assertThat(cycles.price(price, cycles.at(stub.to()))).isEqualByComparingTo(price);
    }

    private static boolean firstMoment(Instant instant, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(instant, zone);
        return day.getDayOfMonth() == 1 && day.atStartOfDay(zone).toInstant().equals(instant);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("2020-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("2040-01-01T00:00:00Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "America/New_York",
                        "Europe/Berlin",
                        "Australia/Lord_Howe",
                        "Asia/Kathmandu",
                        "America/Asuncion",
                        "Asia/Beirut")
                .map(ZoneId::of);
    }
}
