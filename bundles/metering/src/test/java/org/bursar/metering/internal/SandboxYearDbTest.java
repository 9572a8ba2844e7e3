package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Grant;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TimeFollower;
import org.bursar.metering.EventResult;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A year of a sandbox, in steps of different length and at different real times: what it leaves behind is the same. */
class SandboxYearDbTest {
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
    private static final Instant END = Instant.parse("2027-01-31T11:00:00Z");

    /** Everything that has to do with money, without ids and idempotency keys, which are random. */
    private static final Map<String, String> TABLES = tables();

    private static TestDatabase postgres;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("entry", """
                select seq, amount, balance_after, contra, kind, reference, reason, created_at
                  from credits.entry where wallet_id = ? order by seq""");
        tables.put("wallet", """
                select unit, balance, held, overdraft, last_seq, version, next_expiry, created_at
                  from credits.wallet where wallet_id = ?""");
        tables.put("lot", """
                select seq, kind, reference, granted, remaining, expired, priority, expires_at, created_at
                  from credits.lot where wallet_id = ? order by seq""");
        tables.put("hold", """
                select amount, settled, status, after_expiry, usage_event, expires_at, created_at, version
                  from credits.hold where wallet_id = ? order by created_at, amount""");
        tables.put("subscription", """
                select number, status, anchor, stub_from, cycle, zone, paid_until, paid_price, overdue_at, minimum_due, locked_at, cancel_at_end, started_at, cancelled_at, version
                  from plans.subscription where customer_id = ?""");
        tables.put("term", """
                select starts_at, number, anchor, stub_from, cycle, zone, minimum from plans.subscription_term
                 where customer_id = ? order by starts_at""");
        tables.put("cycle", """
                select cycle_from, cycle_to, consumed, charge, cost from plans.usage_cycle
                 where customer_id = ? order by cycle_from""");
        tables.put("reset", """
                select cycle_from, reset_at, consumed, charge, cost, reason, reset_by from plans.usage_reset
                 where customer_id = ? order by reset_at""");
        tables.put("minimum", """
                select cycle_from, cycle_to, minimum, charged, posted, postings, settled_at from plans.cycle_minimum
                 where customer_id = ? order by cycle_from""");
        tables.put("event", """
                select event_time, source, source_id, quantity, charge, cost, plan_number, cycle_from, quantity_before,
                       charged_before, cost_per_unit, received_at
                  from metering.usage_event where customer_id = ? order by event_time, source_id""");
        return tables;
    }

    /** Gives credit in the middle of the night, without anybody asking for it: as a purchase that repeats itself would. */
    private record Standing(Sandbox sandbox, TreeMap<Instant, Runnable> orders) implements TimeFollower {
        @Override
        public String name() {
            return "standing-orders";
        }

        @Override
        public int order() {
            return 1_000;
        }

        @Override
        public Optional<Instant> nextDue(Scope scope) {
            return orders.isEmpty() ? Optional.empty() : Optional.of(orders.firstKey());
        }

        @Override
        public void due(Scope scope) {
            while (!orders.isEmpty() && !orders.firstKey().isAfter(sandbox.now())) {
                orders.pollFirstEntry().getValue().run();
            }
        }
    }

    /** What people and programs ask for during the year, each at its time. */
    private static TreeMap<Instant, Runnable> story(Sandbox box) {
        CustomerId rich = box.customer("scale");
        CustomerId poor = box.customer("scale");
        CustomerId late = box.customer("grow");
        CustomerId promoted = box.customer("scale");
        CustomerId leaving = box.customer("scale");
        box.pay(rich, "1000");
        box.pay(poor, "70");
        box.pay(late, "50");
        box.pay(promoted, "400");
        box.pay(leaving, "500");
        TreeMap<Instant, Runnable> asked = new TreeMap<>();
        // a hold keeps the second renewal's money until it expires by itself, twelve hours after the cycle ended
        asked.put(Instant.parse("2026-02-27T22:00:00Z"), () -> box.hold(late, "10", Duration.ofDays(1)));
        // a lot that expires while all that is left is held, and so later
        asked.put(Instant.parse("2026-03-05T12:34:56.789Z"), () -> {
            Instant soon = box.now().plus(Duration.ofMinutes(90));
            box.grant(promoted, "25", Optional.of(new Grant(10, Optional.of(soon))));
            box.hold(promoted, box.balance(promoted).toPlainString(), Duration.ofHours(3));
        });
        asked.put(Instant.parse("2026-04-10T01:02:03Z"), () -> {
            box.grant(rich, "40", Optional.of(new Grant(10, Optional.of(Instant.parse("2026-04-20T23:59:59Z")))));
            box.grant(
                    rich, "12.345678", Optional.of(new Grant(10, Optional.of(Instant.parse("2026-09-01T00:00:00Z")))));
        });
        asked.put(Instant.parse("2026-05-20T15:00:00Z"), () -> box.choose(rich, "grow", When.CYCLE_END));
        asked.put(Instant.parse("2026-06-02T08:00:00Z"), () -> {
            box.use("before-reset", rich, "120", Optional.empty());
            // twice, while no time goes by
            box.subscriptions.reset(box.scope, rich, "test calls");
            box.use("after-reset", rich, "130", Optional.empty());
            box.subscriptions.reset(box.scope, rich, "and again");
        });
        asked.put(
                Instant.parse("2026-08-15T00:00:00Z"),
                () -> box.subscriptions.cancel(box.scope, leaving, When.CYCLE_END));
        asked.put(Instant.parse("2026-09-09T09:09:09Z"), () -> box.pay(poor, "95"));
        asked.put(Instant.parse("2026-10-31T09:59:59.999999Z"), () -> box.choose(late, "scale", When.NOW));
        for (int month = 2; month <= 12; month++) {
            String id = "call-" + month;
            Instant at = Instant.parse("2026-%02d-12T07:08:09.012345Z".formatted(month));
            asked.put(at, () -> {
                accepted(box.use(id, rich, "140.5", Optional.empty()));
                accepted(box.use(id + "-late", rich, "60", Optional.of(at.minus(Duration.ofDays(20)))));
                rejected(box.use(id + "-early", rich, "1", Optional.of(at.plus(Duration.ofDays(2)))));
                accepted(box.use(id + "-of-poor", poor, "99", Optional.empty()));
                accepted(box.use(id + "-promoted", promoted, "333.333", Optional.empty()));
            });
        }
        terms(box, asked);
        TreeMap<Instant, Runnable> orders = new TreeMap<>();
        for (String at : List.of("2026-06-17T03:33:33.333333Z", "2026-12-24T22:22:22Z")) {
            orders.put(
                    Instant.parse(at),
                    () -> box.ledger.post(
                            box.scope,
                            List.of(new Posting(
                                    poor,
                                    new java.math.BigDecimal("64"),
                                    EntryKind.PURCHASE,
                                    Optional.empty(),
                                    Optional.empty(),
                                    UUID.randomUUID(),
                                    false))));
        }
        box.moved.bind(new Standing(box, orders));
        return asked;
    }

    /** Trials, days of grace, proration and minimums. */
    private static void terms(Sandbox box, TreeMap<Instant, Runnable> asked) {
        CustomerId tried = box.customer("tried");
        CustomerId unpaid = box.customer("tried");
        CustomerId committed = box.customer("committed");
        CustomerId owing = box.customer("committed");
        CustomerId changing = box.customer("scale");
        CustomerId bundled = box.customer("bundled");
        CustomerId behind = box.customer("bundled");
        // three cycles after the trial; the fourth is owed, and not served after five days; two are paid in the summer,
        // and so on
        box.pay(tried, "60");
        asked.put(Instant.parse("2026-07-07T07:07:07Z"), () -> box.pay(tried, "45"));
        // never paid anything, and leaves
        asked.put(Instant.parse("2026-11-11T11:11:11Z"), () -> box.subscriptions.cancel(box.scope, unpaid, When.NOW));
        box.pay(committed, "700");
        box.pay(owing, "30");
        asked.put(Instant.parse("2026-06-20T06:00:00Z"), () -> box.pay(owing, "211"));
        box.pay(changing, "1000");
        asked.put(Instant.parse("2026-03-19T16:20:00.123456Z"), () -> box.choose(changing, "grow", When.NOW));
        asked.put(Instant.parse("2026-03-22T00:00:01Z"), () -> box.choose(changing, "committed", When.NOW));
        asked.put(Instant.parse("2026-07-21T05:00:00Z"), () -> box.choose(changing, "tried", When.NOW));
        bundles(box, asked, bundled, behind);
        for (int month = 3; month <= 12; month++) {
            String id = "committed-" + month;
            Instant at = Instant.parse("2026-%02d-14T15:16:17Z".formatted(month));
            asked.put(at, () -> {
                accepted(box.use(id, committed, "200", Optional.empty()));
                accepted(box.use(id + "-late", committed, "140", Optional.of(at.minus(Duration.ofDays(25)))));
                accepted(box.use(id + "-of-owing", owing, "110", Optional.empty()));
            });
        }
    }

    /** Cycles by the calendar, and what they bring. */
    private static void bundles(Sandbox box, TreeMap<Instant, Runnable> asked, CustomerId bundled, CustomerId behind) {
        box.pay(bundled, "700");
        box.pay(behind, "30");
        asked.put(Instant.parse("2026-06-25T12:00:00Z"), () -> box.pay(behind, "100"));
        asked.put(Instant.parse("2026-08-16T18:30:00Z"), () -> box.choose(bundled, "scale", When.NOW));
        asked.put(Instant.parse("2026-09-16T18:30:00Z"), () -> box.choose(bundled, "bundled", When.CYCLE_END));
        for (int month = 3; month <= 12; month++) {
            String id = "bundled-" + month;
            Instant at = Instant.parse("2026-%02d-09T10:11:12Z".formatted(month));
            asked.put(at, () -> accepted(box.use(id, bundled, "250", Optional.empty())));
        }
    }

    private static void accepted(EventResult result) {
        assertThat(result).isInstanceOf(EventResult.Accepted.class);
    }

    private static void rejected(EventResult result) {
        assertThat(result).isInstanceOf(EventResult.Rejected.class);
    }

    private record Year(List<String> rows, long steps, Duration took) {}

    /** Lives a year; the real time is another one for each, and goes by meanwhile. */
    private static Year year(TemporalAmount step, String wall) {
        Sandbox box = new Sandbox(postgres, START, Instant.parse(wall));
        TreeMap<Instant, Runnable> asked = story(box);
        TreeSet<Instant> stops = new TreeSet<>(asked.keySet());
        for (Instant at = START;
                at.isBefore(END);
                at = at.atZone(Sandbox.ZONE).plus(step).toInstant()) {
            stops.add(at);
        }
        stops.add(END);
        long start = System.nanoTime();
        for (Instant stop : stops) {
            box.go(stop);
            Optional.ofNullable(asked.get(stop)).ifPresent(Runnable::run);
            box.wall.advance(Duration.ofSeconds(7));
        }
        // what the last requests made due
        box.go(END);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < box.customers.size(); i++) {
            for (Map.Entry<String, String> table : TABLES.entrySet()) {
                for (String row : box.rows(table.getValue(), box.customers.get(i))) {
                    rows.add("customer " + i + ' ' + table.getKey() + ' ' + row);
                }
            }
        }
        return new Year(rows, stops.size(), took);
    }

    @Test
    void aYearInStepsOfAnHourADayOrAMonthLeavesTheSameBehind() {
        Year months = year(Period.ofMonths(1), "2026-11-21T10:00:00Z");
        Year days = year(Period.ofDays(1), "2026-02-01T23:59:00Z");
        Year hours = year(Duration.ofHours(1), "2029-03-01T00:00:00Z");
        for (Year year : List.of(months, days, hours)) {
            System.out.println("a year of a sandbox in " + year.steps() + " steps took "
                    + year.took().toMillis() + " ms and left " + year.rows().size() + " rows");
        }
        assertThat(days.rows()).isEqualTo(months.rows());
        assertThat(hours.rows()).isEqualTo(months.rows());
        told(months.rows());
    }

    /** That the year had everything in it that it is about. */
    private static void told(List<String> rows) {
        assertThat(rows.stream().filter(row -> row.startsWith("customer 0 entry") && row.contains("kind=5 ")))
                .as("renewals of one who always has enough")
                .hasSize(12);
        assertThat(rows)
                .as("paid by the hold that expired by itself, and not before")
                .anyMatch(row -> row.startsWith("customer 2 entry") && row.contains("created_at=2026-02-28 22:00:00"));
        assertThat(rows)
                .as("paid the moment that the standing order gave enough")
                .anyMatch(row -> row.startsWith("customer 1 entry")
                        && row.contains("kind=5 ")
                        && row.contains("created_at=2026-06-17 03:33:33.333333"));
        assertThat(rows)
                .as("the rest of a lot that holds kept beyond its time expires when they give it back")
                .anyMatch(row -> row.startsWith("customer 3 entry")
                        && row.contains("kind=7 ")
                        && row.contains("created_at=2026-03-05 15:34:56.789"));
        assertThat(rows)
                .anyMatch(row -> row.startsWith("customer 0 entry")
                        && row.contains("kind=7 ")
                        && row.contains("created_at=2026-04-20 23:59:59"));
        assertThat(rows.stream().filter(row -> row.startsWith("customer 0 reset")))
                .hasSize(2);
        assertThat(rows)
                .anyMatch(row -> row.startsWith("customer 4 subscription")
                        && row.contains("status=CANCELLED")
                        && row.contains("cancelled_at=2026-08-31"));
        toldOfTerms(rows);
    }

    private static void toldOfTerms(List<String> rows) {
        assertThat(rows)
                .as("what is left of the month after the trial costs its part, and brings it")
                .anyMatch(row -> row.startsWith("customer 10 entry")
                        && row.contains("kind=5 ")
                        && row.contains("created_at=2026-02-10 10:00:00+"))
                .anyMatch(row -> row.startsWith("customer 10 entry")
                        && row.contains("kind=10 ")
                        && row.contains("created_at=2026-02-10 10:00:00+"))
                .as("what is left of an allowance goes with the month, at the tenant's midnight in summer")
                .anyMatch(row -> row.startsWith("customer 10 entry")
                        && row.contains("kind=7 ")
                        && row.contains("created_at=2026-08-01 07:00:00+"))
                .as("paid late, and what has not ended yet is brought")
                .anyMatch(row -> row.startsWith("customer 11 entry")
                        && row.contains("kind=10 ")
                        && row.contains("created_at=2026-06-25 12:00:00+"));
        assertThat(rows)
                .as("the first cycle after the trial is charged at its end")
                .anyMatch(row -> row.startsWith("customer 5 entry")
                        && row.contains("amount=-20.000000")
                        && row.contains("created_at=2026-02-10 10:00:00+"));
        assertThat(rows)
                .as("not served from the end of the days of grace on")
                .anyMatch(row ->
                        row.startsWith("customer 5 subscription") && row.contains("overdue_at=2026-07-15 09:00:00+"));
        assertThat(rows)
                .as("proration of a change")
                .anyMatch(row ->
                        row.startsWith("customer 9 entry") && row.contains("created_at=2026-03-19 16:20:00.123456"));
        assertThat(rows.stream().filter(row -> row.startsWith("customer 7 minimum")))
                .hasSizeGreaterThanOrEqualTo(12)
                .as("given back for late usage")
                .anyMatch(row -> row.contains("postings=2"));
    }
}
