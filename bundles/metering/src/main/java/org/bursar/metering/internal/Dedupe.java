package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bursar.database.Database;
import org.bursar.kernel.Scope;
import org.bursar.metering.internal.sql.ChargeRow;
import org.bursar.metering.internal.sql.SeenRow;
import org.bursar.metering.internal.sql.UsageMapper;

/**
 * Tells new events from those that were received before.
 *
 * <p>A key is unique within its day of receipt; the days before are looked up, and those after, should a clock have been set
 * back. Two nodes that receive the same event around
 * midnight would enter it under two days and not see each other, so within minutes of midnight a key is entered under both.
 */
final class Dedupe {
    private static final Duration AROUND_MIDNIGHT = Duration.ofMinutes(10);

    private final Database database;
    private final UsageMapper sql;
    private final int days;

    Dedupe(Database database, UsageMapper sql, int days) {
        this.database = database;
        this.sql = sql;
        this.days = days;
    }

    /** Enters the keys; answers those that are new. They are looked up in the whole tenant, whichever customer an event is of. */
    Set<UUID> enter(Scope scope, Collection<Candidate> candidates, Instant now) {
        if (candidates.isEmpty()) {
            return Set.of();
        }
        return database.transact(scope.wholeTenant(), () -> entered(scope, candidates, now));
    }

    private Set<UUID> entered(Scope scope, Collection<Candidate> candidates, Instant now) {
        List<LocalDate> today = daysOf(now);
        List<SeenRow> rows = sql.enter(
                scope.tenant(),
                candidates.stream().map(Candidate::key).toArray(UUID[]::new),
                candidates.stream()
                        .map(candidate -> candidate.customer().uuid())
                        .toArray(UUID[]::new),
                candidates.stream().map(Candidate::eventId).toArray(UUID[]::new),
                candidates.stream().map(Candidate::time).toArray(Instant[]::new),
                today.stream().map(LocalDate::toString).toArray(String[]::new),
                earliest(now),
                today.get(0),
                today.get(today.size() - 1),
                latest(now));
        Map<UUID, Integer> count = new HashMap<>();
        for (SeenRow row : rows) {
            count.merge(row.eventKey(), 1, Integer::sum);
        }
        Set<UUID> fresh = new HashSet<>();
        count.forEach((key, number) -> {
            if (number == today.size()) {
                fresh.add(key);
            }
        });
        return fresh;
    }

    /** What the events with these keys were charged, as far as the scope sees them. */
    Map<UUID, BigDecimal> charges(Scope scope, Set<UUID> keys, Instant now) {
        Map<UUID, BigDecimal> charges = new HashMap<>();
        if (!keys.isEmpty()) {
            UUID[] wanted = keys.toArray(UUID[]::new);
            for (ChargeRow row : sql.charges(scope.tenant(), wanted, earliest(now), latest(now))) {
                charges.put(row.eventKey(), row.charge());
            }
        }
        return charges;
    }

    private LocalDate earliest(Instant now) {
        return daysOf(now).get(0).minusDays(days);
    }

    /** As far ahead as back: a clock that was set back must not charge a retry of what came before that. */
    private LocalDate latest(Instant now) {
        List<LocalDate> today = daysOf(now);
        return today.get(today.size() - 1).plusDays(days);
    }

    /** The day of receipt; around midnight both. */
    static List<LocalDate> daysOf(Instant now) {
        return Stream.of(now.minus(AROUND_MIDNIGHT), now.plus(AROUND_MIDNIGHT))
                .map(instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC))
                .distinct()
                .toList();
    }
}
