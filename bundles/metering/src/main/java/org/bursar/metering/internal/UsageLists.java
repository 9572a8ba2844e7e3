package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.metering.StoredEvent;
import org.bursar.metering.UsageDay;
import org.bursar.metering.UsageEvents;
import org.bursar.metering.UsageFilter;
import org.bursar.metering.UsageWeeks;
import org.bursar.metering.internal.sql.DayRow;
import org.bursar.metering.internal.sql.EventRow;
import org.bursar.metering.internal.sql.UsageMapper;
import org.bursar.metering.internal.sql.WeekRow;
import org.bursar.plans.Meter;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.UsageRating;
import org.jspecify.annotations.Nullable;

/** Reads usage by pages. */
final class UsageLists {
    private static final String DAYS = "usage-days";
    private static final String EVENTS = "usage-events";
    private static final int DAYS_OF_WEEK = 7;
    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("3000-01-01T00:00:00Z");

    /** Less than every id: what is before it at a time is before that time. */
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final Customers customers;
    private final UsageRating rating;
    private final TenantClocks clocks;
    private final UsageMapper sql;

    UsageLists(Database database, Customers customers, UsageRating rating, TenantClocks clocks, UsageMapper sql) {
        this.database = database;
        this.customers = customers;
        this.rating = rating;
        this.clocks = clocks;
        this.sql = sql;
    }

    Page<UsageDay> days(Scope scope, CustomerId customer, UsageFilter filter, Page.Request page) {
        Range range = Range.of(filter);
        List<String> after = page.after() == null ? List.of() : Cursor.decode(DAYS, 2, page.after());
        // the last instant that is asked for, not the first that is not
        LocalDate end =
                LocalDate.ofInstant(range.to().minusNanos(1), ZoneOffset.UTC).plusDays(1);
        boolean first = after.isEmpty() || !day(after.get(0)).isBefore(end);
        LocalDate beforeDay = first ? end : day(after.get(0));
        UUID beforeMeter = first ? BEFORE_ALL : uuid(after.get(1));
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            Page<DayRow> rows = Page.of(
                    sql.days(
                            scope.tenant(),
                            customer,
                            LocalDate.ofInstant(range.from(), ZoneOffset.UTC),
                            meter(scope, filter.meter()),
                            beforeDay,
                            beforeMeter,
                            page.limit() + 1),
                    page,
                    row -> Cursor.encode(DAYS, row.day(), row.meterId().uuid()));
            Map<MeterId, Meter> meters = meters(scope, rows.items().stream().map(DayRow::meterId));
            return rows.map(row -> day(row, present(meters, row.meterId())));
        });
    }

    private static UsageDay day(DayRow row, Meter meter) {
        return new UsageDay(
                row.day(),
                row.meterId(),
                meter.key(),
                meter.unit(),
                row.events(),
                row.quantity(),
                row.charge(),
                row.cost());
    }

    List<UsageWeeks> weeks(Scope scope, Collection<CustomerId> of) {
        if (of.size() > UsageEvents.MOST_CUSTOMERS) {
            throw new IllegalArgumentException("more than " + UsageEvents.MOST_CUSTOMERS + " customers at once");
        }
        LocalDate last = LocalDate.ofInstant(clocks.of(scope.tenant()).instant(), ZoneOffset.UTC);
        LocalDate first = last.minusDays(UsageEvents.WEEKS * DAYS_OF_WEEK - 1L);
        UUID[] ids = of.stream().filter(scope::sees).map(CustomerId::uuid).toArray(UUID[]::new);
        if (ids.length == 0) {
            return List.of();
        }
        return database.transact(scope, () -> {
            Map<CustomerId, List<WeekRow>> rows = sql.weeks(scope.tenant(), ids, first, last).stream()
                    .collect(Collectors.groupingBy(WeekRow::customerId, LinkedHashMap::new, Collectors.toList()));
            Map<MeterId, Meter> meters = meters(
                    scope, rows.values().stream().map(weeks -> weeks.get(0).meterId()));
            return rows.entrySet().stream()
                    .map(entry -> weeks(
                            entry.getKey(),
                            entry.getValue(),
                            present(meters, entry.getValue().get(0).meterId())))
                    .toList();
        });
    }

    private static UsageWeeks weeks(CustomerId customer, List<WeekRow> rows, Meter meter) {
        BigDecimal[] quantities = new BigDecimal[UsageEvents.WEEKS];
        Arrays.fill(quantities, BigDecimal.ZERO);
        rows.forEach(row -> quantities[row.week()] = row.quantity());
        return new UsageWeeks(customer, meter.key(), meter.unit(), List.of(quantities));
    }

    Page<StoredEvent> events(Scope scope, CustomerId customer, UsageFilter filter, Page.Request page) {
        Range range = Range.of(filter);
        List<String> after = page.after() == null ? List.of() : Cursor.decode(EVENTS, 2, page.after());
        boolean first = after.isEmpty() || !instant(after.get(0)).isBefore(range.to());
        Instant beforeTime = first ? range.to() : instant(after.get(0));
        UUID beforeId = first ? BEFORE_ALL : uuid(after.get(1));
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            Page<EventRow> rows = Page.of(
                    sql.events(
                            scope.tenant(),
                            customer,
                            range.from(),
                            meter(scope, filter.meter()),
                            beforeTime,
                            beforeId,
                            page.limit() + 1),
                    page,
                    row -> Cursor.encode(EVENTS, row.eventTime(), row.eventId()));
            Map<MeterId, Meter> meters = meters(scope, rows.items().stream().map(EventRow::meterId));
            return rows.map(row -> event(row, present(meters, row.meterId())));
        });
    }

    private static StoredEvent event(EventRow row, Meter meter) {
        return new StoredEvent(
                row.eventId(),
                row.source(),
                row.sourceId(),
                row.meterId(),
                meter.key(),
                row.eventTime(),
                row.quantity(),
                row.charge(),
                row.cost(),
                Optional.ofNullable(row.attributes()),
                row.receivedAt());
    }

    private @Nullable MeterId meter(Scope scope, Optional<String> key) {
        if (key.isEmpty()) {
            return null;
        }
        Meter meter = rating.meters(scope, Set.of(key.get())).get(key.get());
        if (meter == null) {
            throw new ProblemException(
                    Problems.invalid("/meter", PlansProblems.UNKNOWN_METER, "there is no meter with this key"));
        }
        return meter.id();
    }

    private Map<MeterId, Meter> meters(Scope scope, Stream<MeterId> ids) {
        return rating.metersById(scope, ids.collect(Collectors.toSet()));
    }

    private static Meter present(Map<MeterId, Meter> meters, MeterId id) {
        Meter meter = meters.get(id);
        if (meter == null) {
            throw new IllegalStateException("usage of a meter that is gone: " + id);
        }
        return meter;
    }

    private static LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() < 2000 || day.getYear() > 3000) {
                throw Cursor.bad();
            }
            return day;
        } catch (DateTimeParseException e) {
            throw Cursor.bad();
        }
    }

    private static Instant instant(String text) {
        try {
            Instant instant = Instant.parse(text);
            if (instant.isBefore(BEGINNING) || instant.isAfter(END)) {
                throw Cursor.bad();
            }
            return instant;
        } catch (DateTimeParseException e) {
            throw Cursor.bad();
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    /** From and to, held to years that PostgreSQL and people know. */
    private record Range(Instant from, Instant to) {
        static Range of(UsageFilter filter) {
            Instant from = held(filter.from().orElse(BEGINNING));
            Instant to = held(filter.to().orElse(END));
            if (filter.from().isPresent() && filter.to().isPresent() && !from.isBefore(to)) {
                throw new ProblemException(Problems.invalid("/to", FieldProblems.OUT_OF_RANGE, "to is after from"));
            }
            return new Range(from, to.isAfter(from) ? to : from.plus(Duration.ofNanos(1)));
        }

        private static Instant held(Instant instant) {
            return instant.isBefore(BEGINNING) ? BEGINNING : instant.isAfter(END) ? END : instant;
        }
    }
}
