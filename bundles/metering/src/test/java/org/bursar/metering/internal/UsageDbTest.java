package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UsageEventId;
import org.bursar.metering.EventResult;
import org.bursar.metering.ExplainedEvent;
import org.bursar.metering.StoredEvent;
import org.bursar.metering.UsageDay;
import org.bursar.metering.UsageEvent;
import org.bursar.metering.UsageFilter;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageDbTest {
    private static TestDatabase postgres;
    private Shop shop;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void shop() {
        shop = new Shop(postgres);
    }

    @Test
    void sixHundredMinutesOfWhichFiveHundredAreIncludedCostEightAndAHalf() {
        EventResult result = shop.report(Shop.event("e1", shop.customer, "voice-minutes", "600"));
        assertThat(charge(result)).isEqualByComparingTo("8.50");
        assertThat(result).isInstanceOf(EventResult.Accepted.class);
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-8.5");
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }

    @Test
    void theSameEventAgainIsADuplicateWhateverItsTimeAndSaysWhatItWasCharged() {
        shop.report(Shop.event("e1", shop.customer, "voice-minutes", "600"));
        EventResult again = shop.report(Shop.event(
                "e1",
                shop.customer,
                "voice-minutes",
                "700",
                shop.clock.instant().minusSeconds(99)));
        assertThat(again).isInstanceOf(EventResult.Duplicate.class);
        assertThat(charge(again)).isEqualByComparingTo("8.50");
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-8.5");
    }

    @Test
    void theSameEventTwiceInOneReportCountsOnce() {
        UsageEvent event = Shop.event("e1", shop.customer, "voice-minutes", "600");
        List<EventResult> results = shop.usage.report(shop.scope, List.of(event, event));
        assertThat(results.get(0)).isInstanceOf(EventResult.Accepted.class);
        assertThat(results.get(1)).isInstanceOf(EventResult.Duplicate.class);
        assertThat(charge(results.get(1))).isEqualByComparingTo("8.50");
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-8.5");
    }

    @Test
    void theSameEventFromEightNodesAtOnceIsChargedOnce() throws Exception {
        UsageEvent event = Shop.event("e1", shop.customer, "voice-minutes", "600");
        List<EventResult> results = Collections.synchronizedList(new ArrayList<>());
        together(8, () -> results.addAll(shop.node().report(shop.scope, List.of(event))));
        assertThat(results.stream().filter(EventResult.Accepted.class::isInstance))
                .hasSize(1);
        assertThat(results.stream().filter(EventResult.Duplicate.class::isInstance))
                .hasSize(7);
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-8.5");
    }

    @Test
    void aCrowdOfReportsAtTwoNodesIsChargedOnceForEachEvent() throws Exception {
        List<StoredUsage> nodes = List.of(shop.node(), shop.node());
        AtomicInteger caller = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        together(32, () -> {
            int number = caller.getAndIncrement();
            for (int i = 0; i < 20; i++) {
                // each event is sent by four callers, some with another one beside it that is wrong
                UsageEvent event = Shop.event("crowd-" + number / 4 + "-" + i, shop.customer, "calls", "1");
                UsageEvent wrong = Shop.event("wrong-" + number + "-" + i, shop.customer, "no-such-meter", "1");
                List<EventResult> results = nodes.get(number % 2)
                        .report(shop.scope, number % 3 == 0 ? List.of(wrong, event) : List.of(event));
                assertThat(results).hasSize(number % 3 == 0 ? 2 : 1);
                EventResult own = results.get(results.size() - 1);
                assertThat(charge(own)).isEqualByComparingTo("1");
                if (own instanceof EventResult.Accepted) {
                    accepted.incrementAndGet();
                }
            }
        });
        assertThat(accepted).hasValue(160);
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-160");
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }

    @Test
    void oneReportThatFailsDoesNotFailThoseThatShareItsCommit() throws Exception {
        shop.report(Shop.event("full", shop.customer, "tokens", "999999999999"));
        List<UsageEvent> over = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            over.add(Shop.event("over-" + i, shop.customer, "tokens", "999999999999"));
        }
        AtomicInteger caller = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        together(16, () -> {
            int number = caller.getAndIncrement();
            if (number % 8 == 0) {
                try {
                    shop.usage.report(shop.scope, over);
                } catch (ProblemException e) {
                    failed.incrementAndGet();
                }
            } else {
                EventResult result = shop.report(Shop.event("fine-" + number, shop.customer, "calls", "1"));
                assertThat(result).isInstanceOf(EventResult.Accepted.class);
            }
        });
        assertThat(failed).hasValue(2);
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }

    @Test
    void aChargeCanBeComputedAgainFromWhatWasKept() {
        Instant now = shop.clock.instant();
        String[] meters = {"voice-minutes", "tokens", "calls"};
        Random random = new Random(20261122);
        List<UsageEvent> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(Shop.event(
                    "why-" + i,
                    shop.customer,
                    meters[i % 3],
                    BigDecimal.valueOf(random.nextLong(-2_000_000, 90_000_000), 6)
                            .toPlainString(),
                    now.minus(Duration.ofHours(random.nextInt(34 * 24)))));
        }
        shop.usage.report(shop.scope, events);

        List<StoredEvent> stored = shop.usage
                .events(shop.scope, shop.customer, UsageFilter.all(), new Page.Request(200, null))
                .items();
        assertThat(stored).hasSize(200);
        for (StoredEvent event : stored) {
            ExplainedEvent why = shop.usage.explain(shop.scope, shop.customer, new UsageEventId(event.eventId()));
            assertThat(why.explanation().charge()).isEqualByComparingTo(event.charge());
            assertThat(why.explanation().cost()).isEqualByComparingTo(event.cost());
            assertThat(why.explanation().after().subtract(why.explanation().before()))
                    .isEqualByComparingTo(event.quantity());
        }
        CustomerId other = shop.newCustomer();
        UsageEventId known = new UsageEventId(stored.get(0).eventId());
        assertThatThrownBy(() -> shop.usage.explain(shop.scope, other, known)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsWrongWithOneEventDoesNotTouchTheOthers() {
        Instant now = shop.clock.instant();
        List<EventResult> results = shop.usage.report(
                shop.scope,
                List.of(
                        Shop.event("a", shop.customer, "no-such-meter", "1"),
                        Shop.event("b", CustomerId.next(shop.clock), "calls", "1"),
                        Shop.event("c", shop.customer, "voice-minutes", "0.0000001"),
                        Shop.event("d", shop.customer, "calls", "1", now.plus(Duration.ofHours(25))),
                        Shop.event("e", shop.customer, "calls", "1", now.minus(Duration.ofDays(36))),
                        Shop.event("f\u0000", shop.customer, "calls", "1"),
                        new UsageEvent(
                                "g",
                                "/s",
                                "voice-minutes",
                                shop.customer,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Shop.event("h", shop.customer, "calls", "7")));
        assertThat(results.subList(0, 7))
                .extracting(result -> ((EventResult.Rejected) result).code().code())
                .containsExactly(
                        "unknown_meter",
                        "unknown_customer",
                        "invalid_quantity",
                        "invalid_time",
                        "invalid_time",
                        "invalid_id",
                        "invalid_quantity");
        assertThat(charge(results.get(7))).as("a call counts one").isEqualByComparingTo("1");
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-1");
    }

    @Test
    void anEventThatWasRejectedMayBeSentAgain() {
        shop.report(Shop.event("e1", shop.customer, "voice-minutes", "0.0000001"));
        assertThat(shop.report(Shop.event("e1", shop.customer, "voice-minutes", "600")))
                .isInstanceOf(EventResult.Accepted.class);
    }

    @Test
    void oneReportMakesOneLedgerEntryForEachCustomerAndNoneForNothing() {
        CustomerId other = shop.newCustomer();
        CustomerId free = shop.newCustomer();
        shop.usage.report(
                shop.scope,
                List.of(
                        Shop.event("1", shop.customer, "calls", "1"),
                        Shop.event("2", other, "calls", "1"),
                        Shop.event("3", shop.customer, "calls", "1"),
                        Shop.event("4", free, "voice-minutes", "500")));
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-2");
        assertThat(shop.balance(other)).isEqualByComparingTo("-1");
        assertThat(shop.balance(free)).isEqualByComparingTo("0");
        Rows rows = shop.database.mapper("metering", Rows.class);
        assertThat(shop.database.transact(shop.scope, rows::postings)).isEqualTo(2);
    }

    @Test
    void tinyChargesAddUpToTheMicroUnit() {
        List<UsageEvent> events = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            events.add(Shop.event("t" + i, shop.customer, "tokens", "1"));
        }
        shop.usage.report(shop.scope, events);
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-0.0005");
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }

    @Test
    void reportsThatCrossEachOtherAddUp() throws Exception {
        List<CustomerId> customers = List.of(shop.customer, shop.newCustomer(), shop.newCustomer());
        together(8, () -> {
            for (int round = 0; round < 5; round++) {
                List<UsageEvent> events = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    String id = Thread.currentThread().getName() + round + "-" + i;
                    events.add(Shop.event(id, customers.get(i % 3), i % 2 == 0 ? "calls" : "tokens", "2"));
                    events.add(Shop.event("shared" + i, customers.get(i % 3), "calls", "1"));
                }
                Collections.shuffle(events);
                shop.usage.report(shop.scope, events);
            }
        });
        BigDecimal sum = BigDecimal.ZERO;
        for (CustomerId customer : customers) {
            sum = sum.add(shop.balance(customer));
        }
        // 8 threads, 5 rounds, 25 calls and 25 times 2 tokens each, and 50 calls that all of them reported
        assertThat(sum).isEqualByComparingTo("-1050.001");
        Rows rows = shop.database.mapper("metering", Rows.class);
        shop.database.run(shop.scope, () -> {
            assertThat(rows.events()).isEqualTo(2_050);
            assertThat(rows.charges()).isEqualByComparingTo("1050.001");
            assertThat(rows.hourCharges()).isEqualByComparingTo("1050.001");
            assertThat(rows.dayCharges()).isEqualByComparingTo("1050.001");
        });
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }

    @Test
    void daysAndEventsAreReadByPages() {
        Instant now = shop.clock.instant();
        shop.usage.report(
                shop.scope,
                List.of(
                        Shop.event("1", shop.customer, "calls", "1", now),
                        Shop.event("2", shop.customer, "calls", "1", now.minusSeconds(60)),
                        Shop.event("3", shop.customer, "tokens", "10", now.minus(Duration.ofDays(1))),
                        Shop.event("4", shop.customer, "calls", "1", now.minus(Duration.ofDays(2)))));
        Page<UsageDay> first = shop.usage.days(shop.scope, shop.customer, UsageFilter.all(), new Page.Request(2, null));
        Page<UsageDay> second =
                shop.usage.days(shop.scope, shop.customer, UsageFilter.all(), new Page.Request(2, first.next()));
        assertThat(first.items()).extracting(UsageDay::meterKey).containsExactly("calls", "tokens");
        assertThat(first.items().get(0).quantity()).isEqualByComparingTo("2");
        assertThat(first.items().get(1).cost()).isEqualByComparingTo("0.00002");
        assertThat(second.items()).extracting(day -> day.day().toString()).containsExactly("2026-11-19");
        Page<StoredEvent> events = shop.usage.events(
                shop.scope,
                shop.customer,
                new UsageFilter(
                        Optional.of(now.minusSeconds(60)), Optional.of(now.plusSeconds(1)), Optional.of("calls")),
                new Page.Request(1, null));
        Page<StoredEvent> more =
                shop.usage.events(shop.scope, shop.customer, UsageFilter.all(), new Page.Request(5, events.next()));
        assertThat(events.items()).extracting(StoredEvent::id).containsExactly("1");
        assertThat(events.items().get(0).attributes()).contains("{\"agent\": \"Front desk\"}");
        assertThat(more.items()).extracting(StoredEvent::id).containsExactly("2", "3", "4");
    }

    @Test
    void aCustomersOwnKeyReportsForItselfAlone() {
        CustomerId other = shop.newCustomer();
        Scope own = shop.scope.only(shop.customer);
        List<EventResult> results = shop.usage.report(
                own, List.of(Shop.event("1", shop.customer, "calls", "1"), Shop.event("2", other, "calls", "1")));
        assertThat(results.get(0)).isInstanceOf(EventResult.Accepted.class);
        assertThat(((EventResult.Rejected) results.get(1)).code()).hasToString("unknown_customer");
        assertThatThrownBy(() -> shop.usage.days(own, other, UsageFilter.all(), Page.Request.first()))
                .hasMessageContaining("not_found");
    }

    @Test
    void eventsOfADayWithoutAPartitionAreKeptToo() {
        shop.clock.set(Instant.parse("2031-05-05T12:00:00Z"));
        assertThat(shop.report(Shop.event("1", shop.customer, "calls", "1"))).isInstanceOf(EventResult.Accepted.class);
        assertThat(shop.report(Shop.event("1", shop.customer, "calls", "1"))).isInstanceOf(EventResult.Duplicate.class);
        // what the default partition holds of the day moves into its own
        shop.partitions().run();
        assertThat(shop.report(Shop.event("2", shop.customer, "calls", "1"))).isInstanceOf(EventResult.Accepted.class);
        assertThat(shop.usage
                        .events(shop.scope, shop.customer, UsageFilter.all(), Page.Request.first())
                        .items())
                .hasSize(2);
    }

    @Test
    void everyPartitionIsHeldToTheTenantAndOutOfTheApplicationsReach() {
        assertThat(postgres.queryAsOwner("select count(*) from pg_class c join pg_inherits i on i.inhrelid = c.oid"
                        + " where i.inhparent in ('metering.usage_event'::regclass, 'metering.event_seen'::regclass)"))
                .isGreaterThan("4");
        assertThat(postgres.queryAsOwner("select count(*) from pg_class c join pg_inherits i on i.inhrelid = c.oid"
                        + " where i.inhparent in ('metering.usage_event'::regclass, 'metering.event_seen'::regclass)"
                        + " and (not c.relrowsecurity or not c.relforcerowsecurity"
                        + " or not exists (select 1 from pg_policy p where p.polrelid = c.oid)"
                        + " or has_table_privilege('"
                        + postgres.address().application().user()
                        + "', c.oid, 'select, insert, update, delete, truncate'))"))
                .isEqualTo("0");
    }

    @Test
    void theApplicationMakesNoOtherTablesByThePartitionFunction() {
        Rows rows = shop.database.mapper("metering", Rows.class);
        assertThatThrownBy(() -> shop.database.withoutTenant(rows::otherParent)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void anErasedCustomersEventsKeepTheirNumbersAlone() {
        shop.report(Shop.event("1", shop.customer, "calls", "1", shop.clock.instant()));
        new UsagePart(shop.database).erased(shop.scope, shop.customer);
        assertThat(shop.usage
                        .events(shop.scope, shop.customer, UsageFilter.all(), Page.Request.first())
                        .items())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.attributes()).isEmpty();
                    assertThat(event.charge()).isEqualByComparingTo("1");
                });
    }

    @Test
    void theApplicationChangesNothingElseOfAnEvent() {
        Rows rows = shop.database.mapper("metering", Rows.class);
        shop.report(Shop.event("1", shop.customer, "calls", "1"));
        assertThatThrownBy(() -> shop.database.transact(shop.scope, rows::makeFree))
                .hasMessageContaining("permission denied");
    }

    @Test
    void whatOutgrowsTheCountersIsRefusedAsAWholeAndLeavesNothing() {
        UsageEvent small = Shop.event("1", shop.customer, "calls", "1");
        shop.report(Shop.event("0", shop.customer, "tokens", "1"));
        Rows rows = shop.database.mapper("metering", Rows.class);
        shop.database.run(shop.scope, rows::fillCounters);
        assertThatThrownBy(() ->
                        shop.usage.report(shop.scope, List.of(small, Shop.event("2", shop.customer, "tokens", "100"))))
                .hasMessageContaining("usage_out_of_range");
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("0");
        assertThat(shop.report(small)).isInstanceOf(EventResult.Accepted.class);
    }

    @Test
    void inALargeReportTheOneThatOutgrowsTheCountersIsRejectedAndTheOthersCount() {
        shop.report(Shop.event("0", shop.customer, "tokens", "1"));
        Rows rows = shop.database.mapper("metering", Rows.class);
        shop.database.run(shop.scope, rows::fillCounters);
        CustomerId other = shop.newCustomer();
        List<UsageEvent> events = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            events.add(Shop.event("c" + i, i % 2 == 0 ? shop.customer : other, "calls", "1"));
        }
        events.add(77, Shop.event("much", shop.customer, "tokens", "100"));
        List<EventResult> results = shop.usage.report(shop.scope, events);
        assertThat(results.get(77))
                .isInstanceOfSatisfying(
                        EventResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).hasToString("invalid_quantity"));
        assertThat(results.stream().filter(EventResult.Accepted.class::isInstance))
                .hasSize(150);
        assertThat(shop.balance(other)).isEqualByComparingTo("-75");
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }

    @Test
    void largeReportsOfManyCustomersFromEightAtOnceCountEachEventOnceAndAnswerInOrder() throws Exception {
        List<CustomerId> customers = new ArrayList<>(List.of(shop.customer));
        for (int i = 0; i < 9; i++) {
            customers.add(shop.newCustomer());
        }
        List<StoredUsage> nodes = List.of(shop.usage, shop.node());
        AtomicInteger caller = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        together(8, () -> {
            int number = caller.getAndIncrement();
            List<UsageEvent> events = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                // two callers send the same ones, and each sends some twice, of another customer the second time
                events.add(Shop.event("big-" + number / 2 + "-" + i, customers.get(i % 10), "calls", "1"));
                if (i % 10 == 3) {
                    events.add(Shop.event("big-" + number / 2 + "-" + i, customers.get((i + 1) % 10), "calls", "1"));
                } else if (i % 10 == 6) {
                    events.add(Shop.event("wrong-" + number + "-" + i, customers.get(i % 10), "no-such-meter", "1"));
                }
            }
            List<EventResult> results = nodes.get(number % 2).report(shop.scope, events);
            assertThat(results).hasSameSizeAs(events);
            for (int i = 0; i < events.size(); i++) {
                boolean wrong = events.get(i).meter().equals("no-such-meter");
                assertThat(results.get(i) instanceof EventResult.Rejected)
                        .as(events.get(i).id())
                        .isEqualTo(wrong);
                if (results.get(i) instanceof EventResult.Accepted) {
                    accepted.incrementAndGet();
                    boolean again =
                            i > 0 && events.get(i - 1).id().equals(events.get(i).id());
                    assertThat(again).as("the first of two counts").isFalse();
                }
            }
        });
        assertThat(accepted).hasValue(1_200);
        for (CustomerId customer : customers) {
            assertThat(shop.balance(customer)).isEqualByComparingTo("-120");
        }
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }

    @Test
    void aQuantityBeyondReasonIsRejectedAndTheOthersCount() {
        List<EventResult> results = shop.usage.report(
                shop.scope,
                List.of(
                        Shop.event("1", shop.customer, "tokens", "1000000000000"),
                        Shop.event("2", shop.customer, "tokens", "-1000000000000"),
                        Shop.event("3", shop.customer, "tokens", "999999999999.999999"),
                        Shop.event("4", shop.customer, "calls", "1")));
        assertThat(results.subList(0, 2)).allSatisfy(result -> {
            EventResult.Rejected rejected = (EventResult.Rejected) result;
            assertThat(rejected.code()).hasToString("invalid_quantity");
            assertThat(rejected.detail()).contains("between -1000000000000 and 1000000000000");
        });
        assertThat(results.subList(2, 4)).hasOnlyElementsOfType(EventResult.Accepted.class);
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("-500001");
    }

    @Test
    void aReportOfMoreThanAThousandEventsIsTooLarge() {
        List<UsageEvent> events = Collections.nCopies(1_001, Shop.event("1", shop.customer, "calls", "1"));
        assertThatThrownBy(() -> shop.usage.report(shop.scope, events)).hasMessageContaining("too_large");
    }

    private static BigDecimal charge(EventResult result) {
        return result instanceof EventResult.Accepted accepted
                ? accepted.charge()
                : ((EventResult.Duplicate) result).charge().orElseThrow();
    }

    private static void together(int threads, Runnable work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    go.await();
                    work.run();
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    interface Rows {
        @Select("select count(distinct posting_key) from metering.usage_event")
        int postings();

        @Select("select count(*) from metering.usage_event")
        int events();

        @Select("select sum(charge) from metering.usage_event")
        BigDecimal charges();

        @Select("select sum(charge) from metering.usage_report_hour")
        BigDecimal hourCharges();

        @Select("select sum(charge) from metering.usage_report_tenant_day")
        BigDecimal dayCharges();

        @Update("update plans.usage_cycle set consumed = 99999999999999")
        int fillCounters();

        @Update("update metering.usage_event set charge = 0")
        int makeFree();

        @Select("select metering.make_partition('usage_hour', date '2026-01-01')")
        boolean otherParent();
    }
}
