package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bursar.credits.Balance;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.NewHold;
import org.bursar.credits.internal.HoldOperation.Place;
import org.bursar.credits.internal.HoldOperation.Release;
import org.bursar.credits.internal.HoldOperation.Settle;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Outcome;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many operations on holds in one transaction. */
class HoldBookDbTest {
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

    private List<Outcome<Hold>> run(HoldOperation... operations) {
        return books.book.run(books.scope, Arrays.asList(operations));
    }

    private static Place place(CustomerId customer, String amount) {
        return new Place(new NewHold(customer, new BigDecimal(amount), 600, Optional.empty()), Optional.empty());
    }

    private static Settle settle(HoldId id, String amount, boolean last) {
        return new Settle(id, new BigDecimal(amount), last);
    }

    private Balance balance(CustomerId customer) {
        return books.ledger.balances(books.scope, Set.of(customer)).get(customer);
    }

    private static String code(Outcome<Hold> outcome) {
        return outcome.refusal().orElseThrow().problem().code().code();
    }

    @Test
    void whatTheWalletCoversIsReservedAndTheRestIsRefusedWithoutUndoingIt() {
        CustomerId customer = books.customerWith("10");
        List<Outcome<Hold>> outcomes =
                run(place(customer, "6"), place(customer, "5"), place(customer, "4"), place(customer, "0.01"));
        assertThat(outcomes.get(0).get().status()).isEqualTo(HoldStatus.OPEN);
        assertThat(code(outcomes.get(1))).isEqualTo(CreditsProblems.INSUFFICIENT_CREDITS.code());
        assertThat(outcomes.get(2).get().amount()).isEqualByComparingTo("4");
        assertThat(code(outcomes.get(3))).isEqualTo(CreditsProblems.INSUFFICIENT_CREDITS.code());
        assertThat(balance(customer).held()).isEqualByComparingTo("10");
        assertThat(books.holds.get(books.scope, outcomes.get(2).get().id()))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> a.compareTo(b) == 0, BigDecimal.class)
                .isEqualTo(outcomes.get(2).get());
    }

    @Test
    void whatIsGivenBackComesBeforeWhatIsReserved() {
        CustomerId customer = books.customerWith("10");
        HoldId first = run(place(customer, "10")).get(0).get().id();
        List<Outcome<Hold>> outcomes = run(place(customer, "7"), settle(first, "3", true));
        assertThat(outcomes.get(0).refusal()).isEmpty();
        assertThat(outcomes.get(1).get().settled()).isEqualByComparingTo("3");
        assertThat(balance(customer).balance()).isEqualByComparingTo("7");
        assertThat(balance(customer).held()).isEqualByComparingTo("7");
    }

    @Test
    void severalOperationsOnOneHoldFollowEachOther() {
        CustomerId customer = books.customerWith("10");
        HoldId id = run(place(customer, "5")).get(0).get().id();
        List<Outcome<Hold>> outcomes = run(
                settle(id, "1", false),
                settle(id, "2", false),
                settle(id, "3", true),
                new Release(id),
                settle(id, "1", true),
                new Release(id));
        assertThat(outcomes.get(1).get().settled()).isEqualByComparingTo("3");
        assertThat(code(outcomes.get(2))).isEqualTo(Problems.INVALID.code());
        assertThat(outcomes.get(3).get().status()).isEqualTo(HoldStatus.RELEASED);
        assertThat(code(outcomes.get(4))).isEqualTo(CreditsProblems.HOLD_SETTLED.code());
        assertThat(outcomes.get(5).get()).isEqualTo(outcomes.get(3).get());
        Hold stored = books.holds.get(books.scope, id);
        assertThat(stored.version()).isEqualTo(4);
        assertThat(stored.settled()).isEqualByComparingTo("3");
        assertThat(balance(customer).balance()).isEqualByComparingTo("7");
        assertThat(balance(customer).held()).isEqualByComparingTo("0");
    }

    @Test
    void unknownHoldsAndCustomersAndThoseWhoAreNotServedAreRefusedAlone() {
        CustomerId customer = books.customerWith("10");
        ProblemException locked = Problems.notFound();
        List<Outcome<Hold>> outcomes = run(
                settle(HoldId.next(books.clock), "1", true),
                place(CustomerId.next(books.clock), "1"),
                new Place(new NewHold(customer, BigDecimal.ONE, 60, Optional.empty()), Optional.of(locked)),
                place(customer, "1"));
        assertThat(code(outcomes.get(0))).isEqualTo(Problems.NOT_FOUND.code());
        assertThat(code(outcomes.get(1))).isEqualTo(Problems.NOT_FOUND.code());
        assertThat(outcomes.get(2).refusal()).containsSame(locked);
        assertThat(outcomes.get(3).get().status()).isEqualTo(HoldStatus.OPEN);
    }

    @Test
    void holdsWhoseTimeHasRunOutDoNotStandInTheWay() {
        CustomerId customer = books.customerWith("10");
        run(place(customer, "10"));
        books.clock.advance(Duration.ofSeconds(601));
        assertThat(run(place(customer, "4"), place(customer, "6")))
                .allMatch(each -> each.refusal().isEmpty());
        assertThat(balance(customer).held()).isEqualByComparingTo("10");
    }

    @Test
    void batchesAtOnceNeverTakeMoreThanThereIs() throws Exception {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            customers.add(books.customerWith("50"));
        }
        ConcurrentLinkedQueue<HoldId> open = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            Random random = new Random(thread);
            running.add(threads.submit(() -> {
                for (int round = 0; round < 40; round++) {
                    List<HoldOperation> batch = new ArrayList<>();
                    for (int i = 0; i < 6; i++) {
                        HoldId id = random.nextBoolean() ? open.poll() : null;
                        batch.add(
                                id == null
                                        ? place(customers.get(random.nextInt(4)), "3.5")
                                        : random.nextBoolean() ? settle(id, "0.25", true) : new Release(id));
                    }
                    books.book.run(books.scope, batch).stream()
                            .filter(each -> each.refusal().isEmpty())
                            .map(Outcome::get)
                            .filter(hold -> hold.status() == HoldStatus.OPEN)
                            .forEach(hold -> open.add(hold.id()));
                }
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        for (CustomerId customer : customers) {
            assertThat(balance(customer).available()).isNotNegative();
        }
        assertThat(books.walk.verify(books.scope).faults()).isEmpty();
    }
}
