package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.ibatis.annotations.Select;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.metering.EventResult;
import org.bursar.metering.UsageEvent;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Small reports that share their commits: what one of them says, and what becomes of it, is no other's business. */
class GroupedUsageDbTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = 12;
    private static final int IDS = 300;

    private static TestDatabase postgres;
    private Shop shop;

    /** What is stored of a tenant's events. */
    interface Stored {
        @Select("select source_id from metering.usage_event order by source_id")
        List<String> ids();

        @Select("select coalesce(sum(charge), 0) from metering.usage_event")
        BigDecimal charges();

        @Select("select count(distinct xmin::text) from metering.usage_event")
        int commits();
    }

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
        new Shop(postgres);
        // everything about such an event is well until the very end, when the transaction that has it cannot be
        // committed
        postgres.executeAsOwner("""
                create function metering.refuse() returns trigger language plpgsql as $$
                begin
                  raise exception 'not to be committed';
                end $$;
                create constraint trigger refuse after insert on metering.usage_event deferrable initially deferred
                  for each row when (new.source_id like 'refused%') execute function metering.refuse()""");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void shop() {
        shop = new Shop(postgres);
    }

    private static void together(Callable<Void> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier gate = new CyclicBarrier(THREADS);
        try {
            List<Future<Void>> all = threads.invokeAll(IntStream.range(0, THREADS)
                    .<Callable<Void>>mapToObj(number -> () -> {
                        gate.await(20, TimeUnit.SECONDS);
                        return work.call();
                    })
                    .toList());
            for (Future<Void> done : all) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private List<String> stored() {
        Stored sql = shop.database.mapper("metering", Stored.class);
        return shop.database.transact(shop.scope, sql::ids);
    }

    @Test
    void aReportWhoseCommitFailsIsNotAcknowledged() {
        assertThatThrownBy(() -> shop.report(Shop.event("refused", shop.customer, "calls", "1")))
                .isInstanceOf(DatabaseException.class);
        assertThat(stored()).isEmpty();
        assertThat(shop.balance(shop.customer)).isEqualByComparingTo("0");
    }

    /** One program's reports, some of which others send too, and some of which nobody can take. */
    private final class Reports implements Callable<Void> {
        private final List<StoredUsage> nodes = List.of(shop.usage, shop.node());
        private final List<CustomerId> customers;
        private final AtomicInteger numbers = new AtomicInteger();
        private final Map<String, AtomicInteger> accepted = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<BigDecimal> charged = new ConcurrentLinkedQueue<>();
        private final AtomicInteger refused = new AtomicInteger();

        Reports(List<CustomerId> customers) {
            this.customers = customers;
        }

        @Override
        public Void call() {
            int number = numbers.getAndIncrement();
            Random random = new Random(number);
            for (int round = 0; round < ROUNDS; round++) {
                List<UsageEvent> events = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    int id = random.nextInt(IDS);
                    events.add(Shop.event("e" + id, customers.get(id % customers.size()), "calls", "1"));
                }
                if (random.nextInt(8) == 0) {
                    events.add(Shop.event("unknown" + number + "-" + round, customers.get(0), "no-such-meter", "1"));
                }
                boolean fails = random.nextInt(10) == 0;
                if (fails) {
                    String id = "refused" + number + "-" + round;
                    events.add(Shop.event(id, customers.get(random.nextInt(customers.size())), "calls", "1"));
                }
                report(nodes.get(random.nextInt(2)), events, fails);
            }
            return null;
        }

        private void report(StoredUsage node, List<UsageEvent> events, boolean fails) {
            List<EventResult> results;
            try {
                results = node.report(shop.scope, events);
            } catch (DatabaseException | ProblemException e) {
                assertThat(fails)
                        .as("only what cannot be committed fails: " + e)
                        .isTrue();
                refused.incrementAndGet();
                return;
            }
            assertThat(fails)
                    .as("nothing is acknowledged that was not committed")
                    .isFalse();
            for (int i = 0; i < events.size(); i++) {
                String id = events.get(i).id();
                EventResult result = results.get(i);
                if (id.startsWith("unknown")) {
                    assertThat(result).isInstanceOf(EventResult.Rejected.class);
                } else {
                    answered.add(id);
                    if (result instanceof EventResult.Accepted mine) {
                        accepted.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
                        charged.add(mine.charge());
                    } else {
                        assertThat(result).isInstanceOf(EventResult.Duplicate.class);
                    }
                }
            }
        }
    }

    @Test
    void sixtyFourAtTwoNodesWithRepeatedAndFailingReportsAreEachToldTheTruth() throws Exception {
        List<CustomerId> customers = List.of(shop.customer, shop.newCustomer(), shop.newCustomer());
        Reports reports = new Reports(customers);
        together(reports);
        Map<String, Integer> times = new TreeMap<>();
        stored().forEach(id -> times.merge(id, 1, Integer::sum));
        assertThat(times.values()).as("each event is there once").containsOnly(1);
        assertThat(times.keySet()).containsAll(reports.answered).noneMatch(id -> id.startsWith("refused"));
        assertThat(reports.accepted.keySet()).isEqualTo(times.keySet());
        assertThat(reports.accepted.values())
                .as("one caller of each event is told that it counted")
                .allMatch(count -> count.get() == 1);
        BigDecimal told = reports.charged.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal taken = customers.stream().map(shop::balance).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(told).isEqualByComparingTo(BigDecimal.valueOf(times.size()));
        assertThat(taken).isEqualByComparingTo(told.negate());
        Stored sql = shop.database.mapper("metering", Stored.class);
        assertThat(shop.database.transact(shop.scope, sql::charges)).isEqualByComparingTo(told);
        assertThat(reports.refused).as("the control: some of them fail").hasPositiveValue();
        assertThat(shop.database.transact(shop.scope, sql::commits))
                .as("and many share a commit")
                .isLessThan(times.size());
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }
}
