package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bursar.credits.Balance;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.SpendCap;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 64 at once on wallets, caps and one wholesale wallet. */
class LimitsRaceDbTest {
    private static final int THREADS = 64;

    private static TestDatabase postgres;

    private final Books books = new Books(postgres);

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    private static <T> List<T> together(IntFunction<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier gate = new CyclicBarrier(THREADS);
        try {
            List<Callable<T>> all = IntStream.range(0, THREADS)
                    .<Callable<T>>mapToObj(number -> () -> {
                        gate.await(60, TimeUnit.SECONDS);
                        return work.apply(number);
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

    private SpendCap cap(CustomerId customer, UserId user, String amount) {
        return books.caps.set(books.scope, customer, user, new BigDecimal(amount), SpendCap.Period.TOTAL);
    }

    @Test
    void exactlyAsManyWinAsTheTightestLimitCovers() throws Exception {
        UserId user = UserId.next(books.clock);
        CustomerId rich = books.customerWith("1000");
        CustomerId capped = books.customerWith("1000");
        CustomerId poor = books.customerWith("6");
        cap(capped, user, "8");
        books.wholesale("0.5", "0", "10");
        Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
        List<CustomerId> customers = List.of(rich, capped, poor);
        AtomicInteger won = new AtomicInteger();
        together(number -> {
            try {
                books.hold(customers.get(number % 3), user, "2", 60);
                won.incrementAndGet();
            } catch (ProblemException e) {
                refusals.computeIfAbsent(e.problem().code().code(), code -> new AtomicInteger())
                        .incrementAndGet();
            }
            return number;
        });
        // each hold of 2 takes 1 of the 10 that the tenant has
        assertThat(won).hasValue(10);
        assertThat(refusals.values().stream().mapToInt(AtomicInteger::get).sum())
                .isEqualTo(THREADS - 10);
        assertThat(refusals).containsKey("wholesale_exhausted");
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("10");
        assertThat(books.caps.get(books.scope, capped, user).held()).isLessThanOrEqualTo(new BigDecimal("8"));
        assertThat(books.balance(poor).held()).isLessThanOrEqualTo(new BigDecimal("6"));
        assertThat(customers.stream().map(each -> books.balance(each).held()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("20");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void whateverHappensAtOnceTheSumsHoldAndNobodyWaitsForEver() throws Exception {
        List<UserId> users = List.of(UserId.next(books.clock), UserId.next(books.clock));
        List<CustomerId> customers =
                IntStream.range(0, 4).mapToObj(n -> books.customerWith("500")).toList();
        customers.forEach(customer -> cap(customer, users.get(0), "300"));
        books.wholesale("0.333333", "10", "1000");
        ConcurrentLinkedQueue<Hold> holds = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<BigDecimal> settled = new ConcurrentLinkedQueue<>();
        List<String> odd = together(number -> {
            Random random = new Random(number);
            for (int i = 0; i < 12; i++) {
                CustomerId customer = customers.get(random.nextInt(4));
                Scope scope = random.nextBoolean() ? books.scope : books.scope.only(customer);
                try {
                    step(random, scope, customer, users, holds, settled);
                } catch (ProblemException e) {
                    int status = e.problem().code().status();
                    if (status != 402 && status != 409 && status != 422 && status != 404 && status != 503) {
                        return e.getMessage();
                    }
                }
            }
            return "";
        });
        assertThat(odd).containsOnly("");
        assertThat(books.verify().faults()).isEmpty();
        books.clock.advance(Duration.ofDays(2));
        books.sweep.expireOverdue(books.scope);
        Balance wholesale = books.wholesaleBalance();
        assertThat(wholesale.held()).isEqualByComparingTo("0");
        BigDecimal charged = BigDecimal.ZERO;
        for (Hold hold : holds) {
            BigDecimal of = books.holds.get(books.scope, hold.id()).settled();
            charged = charged.add(WholesaleShare.price(new BigDecimal("0.333333"), of));
        }
        assertThat(wholesale.balance()).isEqualByComparingTo(new BigDecimal("1000").subtract(charged));
        assertThat(settled).isNotEmpty();
        customers.forEach(customer -> assertThat(
                        books.caps.get(books.scope, customer, users.get(0)).held())
                .isEqualByComparingTo("0"));
        assertThat(books.verify().faults()).isEmpty();
    }

    private void step(
            Random random,
            Scope scope,
            CustomerId customer,
            List<UserId> users,
            ConcurrentLinkedQueue<Hold> holds,
            ConcurrentLinkedQueue<BigDecimal> settled) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                holds.add(books.hold(customer, users.get(random.nextInt(2)), "7.000001", 1 + random.nextInt(3)));
            case 3, 4 -> {
                Hold hold = holds.peek();
                if (hold != null) {
                    BigDecimal amount = new BigDecimal("0.777777");
                    Hold after = books.holds.settle(scope, hold.id(), amount, random.nextBoolean());
                    settled.add(amount);
                    if (after.status() != HoldStatus.OPEN) {
                        holds.remove(hold);
                        holds.add(hold);
                    }
                }
            }
            case 5 -> books.take(customer, "1");
            case 6 -> {
                books.clock.advance(Duration.ofMillis(200));
                books.sweep.expireOverdue(books.scope);
            }
            default -> cap(customer, users.get(0), "300");
        }
    }
}
