package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.credits.internal.Books.posting;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bursar.credits.Hold;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.ProblemException;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many at once on the same wallets: what only goes wrong when two are in the same place. */
final class LedgerRaceDbTest {
    private static final int THREADS = 6;

    private static TestDatabase postgres;

    private final Books books = new Books(postgres);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /** Runs the same work in every thread at once; the number is the thread's. */
    private static <T> List<T> together(Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier gate = new CyclicBarrier(THREADS);
        try {
            List<Callable<T>> all = IntStream.range(0, THREADS)
                    .<Callable<T>>mapToObj(number -> () -> {
                        gate.await(20, TimeUnit.SECONDS);
                        return work.run(number);
                    })
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(all)) {
                results.add(done.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    private interface Work<T> {
        T run(int number) throws Exception;
    }

    @Test
    void guardedDebitsOfManyNeverTakeMoreThanThereIs() throws Exception {
        CustomerId customer = books.customerWith("50");
        List<Integer> taken = together(number -> {
            int mine = 0;
            for (int i = 0; i < 20; i++) {
                mine += books.take(customer, "1") instanceof PostResult.Posted ? 1 : 0;
            }
            return mine;
        });
        assertThat(taken.stream().mapToInt(n -> n).sum()).isEqualTo(50);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("0");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void theSameKeysSentByManyPostOnce() throws Exception {
        CustomerId customer = books.customerWith("1000");
        List<Posting> batch = IntStream.range(0, 60)
                .mapToObj(n -> posting(customer, "-1", new UUID(n, 42), true))
                .toList();
        AtomicInteger fresh = new AtomicInteger();
        together(number -> {
            for (int from = 0; from < batch.size(); from += 10) {
                // each thread begins elsewhere, so that they meet
                int begin = (from + number * 10) % batch.size();
                for (PostResult result : books.ledger.post(books.scope, batch.subList(begin, begin + 10))) {
                    fresh.addAndGet(((PostResult.Posted) result).before() ? 0 : 1);
                }
            }
            return number;
        });
        assertThat(fresh).hasValue(60);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("940");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void ofManyHoldsOnTheLastCreditExactlyAsManyWinAsItCovers() throws Exception {
        CustomerId customer = books.customerWith("10");
        List<Integer> won = together(number -> {
            int mine = 0;
            for (int i = 0; i < 5; i++) {
                try {
                    books.hold(customer, "3", 60);
                    mine++;
                } catch (ProblemException e) {
                    assertThat(e.problem().code().status()).isEqualTo(402);
                }
            }
            return mine;
        });
        assertThat(won.stream().mapToInt(n -> n).sum()).isEqualTo(3);
        assertThat(books.balance(customer).held()).isEqualByComparingTo("9");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void ofManyWhoFinishAHoldExactlyOneDoes() throws Exception {
        for (int round = 0; round < 10; round++) {
            CustomerId customer = books.customerWith("10");
            Hold hold = books.hold(customer, "5", 1);
            if (round % 2 == 1) {
                books.clock.advance(Duration.ofSeconds(1));
            }
            List<String> ends = together(number -> {
                try {
                    if (number == 0) {
                        books.sweep.expireOverdue(books.scope);
                        return "swept";
                    }
                    return books.holds
                            .settle(books.scope, hold.id(), new BigDecimal("5"), true)
                            .status()
                            .name();
                } catch (ProblemException e) {
                    return e.problem().code().code();
                }
            });
            assertThat(ends).filteredOn("SETTLED"::equals).hasSize(1);
            assertThat(ends).filteredOn("hold_settled"::equals).hasSize(THREADS - 2);
            assertThat(books.balance(customer).balance()).isEqualByComparingTo("5");
            assertThat(books.balance(customer).held()).isEqualByComparingTo("0");
        }
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void everythingAtOnceOnAFewWalletsLeavesASoundLedgerInWhichEachAcknowledgedKeyIsThereOnce() throws Exception {
        List<CustomerId> customers =
                IntStream.range(0, 4).mapToObj(n -> books.customerWith("100")).toList();
        ConcurrentLinkedQueue<LedgerEntry> acknowledged = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<HoldId> open = new ConcurrentLinkedQueue<>();
        together(number -> {
            Random random = new Random(number);
            for (int i = 0; i < 120; i++) {
                CustomerId customer = customers.get(random.nextInt(customers.size()));
                try {
                    step(random, customer, customers, acknowledged, open);
                } catch (ProblemException e) {
                    // a refusal is an answer like any other here
                    assertThat(e.problem().code().status()).isIn(402, 409, 422);
                }
            }
            return number;
        });
        books.clock.advance(Duration.ofMinutes(5));
        books.sweep.expireOverdue(books.scope);
        assertThat(books.verify().faults()).isEmpty();
        assertThat(acknowledged).doesNotHaveDuplicates().isNotEmpty();
        for (CustomerId customer : customers) {
            assertThat(books.balance(customer).held()).isEqualByComparingTo("0");
        }
        for (LedgerEntry entry : acknowledged) {
            assertThat(books.wallets
                            .entry(books.scope, entry.customer(), entry.seq())
                            .amount())
                    .isEqualByComparingTo(entry.amount());
        }
        assertThat(postgres.queryAsOwner("select deadlocks from pg_stat_database where datname = current_database()"))
                .isEqualTo("0");
    }

    private void step(
            Random random,
            CustomerId customer,
            List<CustomerId> customers,
            ConcurrentLinkedQueue<LedgerEntry> acknowledged,
            ConcurrentLinkedQueue<HoldId> open) {
        String amount = BigDecimal.valueOf(1 + random.nextInt(5_000_000), 6).toPlainString();
        switch (random.nextInt(7)) {
            case 0 -> {
                List<Posting> batch = customers.stream()
                        .map(each -> posting(each, "-" + amount, UUID.randomUUID(), random.nextBoolean()))
                        .toList();
                books.ledger.post(books.scope, batch).forEach(result -> keep(result, acknowledged));
            }
            case 1 -> keep(books.post(posting(customer, amount, UUID.randomUUID(), false)), acknowledged);
            case 2, 3 ->
                open.add(books.hold(customer, amount, 1 + random.nextInt(60)).id());
            case 4 -> {
                HoldId hold = open.poll();
                if (hold != null) {
                    BigDecimal part = new BigDecimal(amount)
                            .min(books.holds.get(books.scope, hold).rest());
                    books.holds.settle(books.scope, hold, part, random.nextBoolean());
                }
            }
            case 5 -> {
                HoldId hold = open.peek();
                if (hold != null) {
                    books.holds.release(books.scope, hold);
                }
            }
            default -> {
                books.clock.advance(Duration.ofSeconds(5));
                books.sweep.expireOverdue(books.scope);
            }
        }
    }

    private static void keep(PostResult result, ConcurrentLinkedQueue<LedgerEntry> acknowledged) {
        if (result instanceof PostResult.Posted posted) {
            acknowledged.add(posted.entry());
        }
    }
}
