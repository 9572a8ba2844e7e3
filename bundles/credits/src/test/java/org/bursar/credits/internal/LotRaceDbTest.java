package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.credits.internal.Books.posting;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Grant;
import org.bursar.credits.Hold;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Lot;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.Wallets.Contents;
import org.bursar.credits.Wallets.Order;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many at once on a wallet with lots, and the expiry job on two nodes. */
final class LotRaceDbTest {
    private static final int THREADS = 64;

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

    private static <T> List<T> together(int many, Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        CyclicBarrier gate = new CyclicBarrier(many);
        try {
            List<Callable<T>> all = IntStream.range(0, many)
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

    private Posting grant(CustomerId customer, int n) {
        return new Posting(
                customer,
                new BigDecimal("7"),
                EntryKind.ADJUSTMENT,
                Optional.of("grant_" + n),
                Optional.empty(),
                new UUID(n, 1),
                false,
                Optional.of(new Grant(n % 3 * 50, n % 2 == 0 ? Optional.empty() : Optional.of(books.in(1 + n % 30)))));
    }

    @Test
    void sixtyFourOnOneWalletWithRepeatedKeysPostEachOnceAndNeverTakeWhatIsNotThere() throws Exception {
        CustomerId customer = books.customerWith("100");
        List<Integer> first = together(THREADS, number -> {
            Random random = new Random(number);
            int fresh = 0;
            for (int i = 0; i < 12; i++) {
                // half as many keys as calls, so that about each is sent twice by somebody
                int n = random.nextInt(THREADS * 6);
                Posting posting = switch (n % 3) {
                    case 0 -> grant(customer, n);
                    case 1 -> posting(customer, "-3", new UUID(n, 2), true);
                    default -> posting(customer, "-2.5", new UUID(n, 3), true);
                };
                PostResult result = books.post(posting);
                fresh += result instanceof PostResult.Posted posted && !posted.before() ? 1 : 0;
                act(customer, random, i);
            }
            return fresh;
        });
        List<LedgerEntry> entries = books.wallets
                .entries(books.scope, customer, Order.OLDEST_FIRST, new Page.Request(200, null))
                .items();
        long expiries = postedExpiries(customer);
        assertThat(books.wallets.get(books.scope, customer).lastSeq())
                .as("the first grant, the fresh keys, what was settled and what expired")
                .isEqualTo(1 + first.stream().mapToInt(n -> n).sum() + settled(customer) + expiries);
        assertThat(expiries).isPositive();
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.balanceAfter().signum())
                        .as("nothing is guarded less than it should be: " + entry)
                        .isNotNegative());
        Contents contents = books.wallets.contents(books.scope, customer);
        assertThat(contents.lots().stream().map(Lot::remaining).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(contents.wallet().balance().balance());
        assertThat(books.verify().faults()).isEmpty();
    }

    private void act(CustomerId customer, Random random, int i) {
        if (i % 4 == 0) {
            try {
                Hold hold = books.hold(customer, "1.5", 3_600);
                books.holds.settle(books.scope, hold.id(), BigDecimal.ONE, true);
            } catch (ProblemException e) {
                assertThat(e.problem().code().status()).isEqualTo(402);
            }
        } else if (random.nextInt(8) == 0) {
            books.clock.advance(Duration.ofSeconds(1));
            books.lotExpiry.run();
        }
    }

    private long count(CustomerId customer, int kind) {
        return Long.parseLong(books.askOwner(
                "count(*)", "credits.entry where kind = " + kind + " and wallet_id = '" + customer.uuid() + "'"));
    }

    private long settled(CustomerId customer) {
        return count(customer, 3);
    }

    private long postedExpiries(CustomerId customer) {
        return count(customer, 7);
    }

    @Test
    void twoNodesAndTheirCustomersExpireALotOnce() throws Exception {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            CustomerId customer = books.customerWith("1");
            books.grant(customer, "10", 50, books.in(60), "promotion");
            customers.add(customer);
        }
        books.clock.advance(Duration.ofSeconds(60));
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        together(4, number -> {
            try {
                if (number < 2) {
                    LotExpiry node = new LotExpiry(
                            books.database, new OneTenant(books.scope.tenant()), books.clock, books.ledger);
                    node.run();
                    node.run();
                } else {
                    for (CustomerId customer : customers) {
                        books.post(posting(customer, "-0.25", new UUID(number, 9), true));
                    }
                }
            } catch (RuntimeException e) {
                failure.set(e);
            }
            return number;
        });
        assertThat(failure.get()).isNull();
        books.lotExpiry.run();
        for (CustomerId customer : customers) {
            assertThat(postedExpiries(customer)).isEqualTo(1);
            assertThat(books.balance(customer).balance()).isEqualByComparingTo("0.5");
        }
        assertThat(books.verify().faults()).isEmpty();
    }
}
