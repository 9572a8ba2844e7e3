package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bursar.credits.internal.Books.posting;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.NewHold;
import org.bursar.credits.Wallets.Order;
import org.bursar.customers.Access;
import org.bursar.customers.AccessReason;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds over a real PostgreSQL. */
final class WalletHoldsDbTest {
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

    @AfterEach
    void theLedgerIsSoundWhateverWasDone() {
        assertThat(books.verify().faults()).isEmpty();
    }

    private static Problem refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, work);
        assertThat(refused).as("a refusal").isNotNull();
        return refused.problem();
    }

    private Hold settle(HoldId id, String amount, boolean last) {
        return books.holds.settle(books.scope, id, new BigDecimal(amount), last);
    }

    private void expect(CustomerId customer, String balance, String held) {
        assertThat(books.balance(customer).balance()).isEqualByComparingTo(balance);
        assertThat(books.balance(customer).held()).isEqualByComparingTo(held);
    }

    private LedgerEntry latest(CustomerId customer) {
        return books.wallets
                .entries(books.scope, customer, Order.NEWEST_FIRST, new Page.Request(1, null))
                .items()
                .get(0);
    }

    @Test
    void aHoldReservesAndItsSettlementChargesAndGivesTheRestBack() {
        CustomerId customer = books.customerWith("491.50");
        Hold hold = books.hold(customer, "5.00", 60);
        assertThat(hold.status()).isEqualTo(HoldStatus.OPEN);
        assertThat(hold.expiresAt()).isEqualTo(books.clock.instant().plusSeconds(60));
        expect(customer, "491.50", "5");
        Hold settled = settle(hold.id(), "3.20", true);
        assertThat(settled.status()).isEqualTo(HoldStatus.SETTLED);
        assertThat(settled.afterExpiry()).isFalse();
        expect(customer, "488.30", "0");
        assertThat(latest(customer).kind()).isEqualTo(EntryKind.SETTLEMENT);
        assertThat(latest(customer).reference()).isEqualTo(hold.id().toString());
        assertThat(latest(customer).amount()).isEqualByComparingTo("-3.20");
    }

    @Test
    void holdingMoreThanAvailableReservesNothing() {
        CustomerId customer = books.customerWith("10");
        books.hold(customer, "4", 60);
        Problem problem = refusal(() -> books.hold(customer, "6.000001", 60));
        assertThat(problem.code().code()).isEqualTo("insufficient_credits");
        assertThat(problem.code().status()).isEqualTo(402);
        assertThat(problem.extensions()).containsEntry("available", "6.00");
        expect(customer, "10", "4");
        books.hold(customer, "6", 60);
        expect(customer, "10", "10");
    }

    @Test
    void anOverdraftCoversHoldsToo() {
        CustomerId customer = books.customer();
        books.overdraft(customer, "5");
        books.hold(customer, "5", 60);
        assertThat(refusal(() -> books.hold(customer, "0.01", 60)).code().status())
                .isEqualTo(402);
    }

    @Test
    void aCustomerWhoIsRefusedGetsNoHoldAndIsToldWhy() {
        CustomerId customer = books.customerWith("10");
        books.refusals.add(new AccessReason("subscription_locked", "Locked: invoice 12 unpaid."));
        Problem problem = refusal(() -> books.hold(customer, "1", 60));
        assertThat(problem.code().code()).isEqualTo("access_refused");
        assertThat(problem.extensions())
                .containsEntry(
                        "reasons",
                        List.of(Map.of("code", "subscription_locked", "detail", "Locked: invoice 12 unpaid.")));
        expect(customer, "10", "0");
    }

    @Test
    void aRuleThatIsNotThereMakesHoldsUnavailable() {
        CustomerId customer = books.customerWith("10");
        books.refusals.add(new AccessReason(Access.NOT_READY, "plans is not there"));
        assertThat(refusal(() -> books.hold(customer, "1", 60)).code().status()).isEqualTo(503);
        expect(customer, "10", "0");
    }

    @Test
    void amountsAndTimesOutOfBoundsAreRefusedByField() {
        CustomerId customer = books.customerWith("10");
        for (String amount : List.of("0", "-1", "0.0000001", "100000000000000")) {
            assertThat(refusal(() -> books.hold(customer, amount, 60))
                            .errors()
                            .get(0)
                            .pointer())
                    .isEqualTo("/amount");
        }
        for (int seconds : new int[] {0, -1, 86_401}) {
            assertThat(refusal(() -> books.hold(customer, "1", seconds))
                            .errors()
                            .get(0)
                            .pointer())
                    .isEqualTo("/ttlSeconds");
        }
        books.hold(customer, "1", 86_400);
        expect(customer, "10", "1");
    }

    @Test
    void aHoldSettlesInPartsAndTheLastGivesTheRestBack() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        assertThat(settle(hold, "1.5", false).status()).isEqualTo(HoldStatus.OPEN);
        expect(customer, "8.5", "3.5");
        assertThat(settle(hold, "2", false).settled()).isEqualByComparingTo("3.5");
        expect(customer, "6.5", "1.5");
        assertThat(settle(hold, "0.25", true).status()).isEqualTo(HoldStatus.SETTLED);
        expect(customer, "6.25", "0");
    }

    @Test
    void settlingMoreThanTheRestChargesNothing() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        settle(hold, "3", false);
        Problem problem = refusal(() -> settle(hold, "2.01", true));
        assertThat(problem.code().status()).isEqualTo(422);
        assertThat(problem.errors().get(0).code()).hasToString("more_than_held");
        expect(customer, "7", "2");
    }

    @Test
    void aFinishedHoldIsNotSettledAgain() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        settle(hold, "3", true);
        assertThat(refusal(() -> settle(hold, "1", true)).code().code()).isEqualTo("hold_settled");
        assertThat(refusal(() -> books.holds.release(books.scope, hold)).code().code())
                .isEqualTo("hold_settled");
        expect(customer, "7", "0");
    }

    @Test
    void nothingToChargeReleases() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        assertThat(settle(hold, "0", true).status()).isEqualTo(HoldStatus.RELEASED);
        expect(customer, "10", "0");
        assertThat(refusal(() -> settle(hold, "1", true)).code().code()).isEqualTo("hold_settled");
    }

    @Test
    void nothingToChargeWithMoreToComeMeansNothing() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        assertThat(refusal(() -> settle(hold, "0", false)).code().status()).isEqualTo(422);
        assertThat(refusal(() -> settle(hold, "-1", true)).code().status()).isEqualTo(422);
        expect(customer, "10", "5");
    }

    @Test
    void releasingTwiceGivesBackOnce() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        books.hold(customer, "2", 60);
        Hold first = books.holds.release(books.scope, hold);
        Hold second = books.holds.release(books.scope, hold);
        assertThat(second).isEqualTo(first);
        expect(customer, "10", "2");
    }

    @Test
    void settlementsOfAHoldThatNamesAUsageEventAreNotALineOfTheirOwn() {
        CustomerId customer = books.customerWith("10");
        HoldId plain = books.hold(customer, "5", 60).id();
        Hold named = books.holds.place(
                books.scope, new NewHold(customer, BigDecimal.ONE, 60, Optional.of("/voice/portland e1")));
        settle(plain, "3.20", true);
        settle(named.id(), "1", true);
        assertThat(named.usageEvent()).isEqualTo("/voice/portland e1");
        Reports reports = postgres.database().mapper("credits", Reports.class);
        List<BigDecimal> amounts = books.database.transact(
                books.scope, () -> reports.settled(books.scope.tenant().uuid()));
        assertThat(amounts).usingElementComparator(BigDecimal::compareTo).containsExactly(new BigDecimal("3.20"));
    }

    /** What reports read. */
    interface Reports {
        @org.apache.ibatis.annotations.Select(
                "select amount from credits.settled_hold_view where tenant_id = #{tenant}")
        List<BigDecimal> settled(UUID tenant);
    }

    @Test
    void holdsAreListedNewestFirstByCustomerAndStatus() {
        CustomerId one = books.customerWith("100");
        CustomerId two = books.customerWith("100");
        List<HoldId> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            books.clock.advance(Duration.ofMillis(5));
            all.add(0, books.hold(one, "1", 600).id());
        }
        books.clock.advance(Duration.ofMillis(5));
        HoldId other = books.hold(two, "1", 600).id();
        books.holds.release(books.scope, all.get(0));
        List<HoldId> paged = new ArrayList<>();
        String after = null;
        do {
            Page<Hold> page =
                    books.holds.list(books.scope, Optional.of(one), Optional.empty(), new Page.Request(2, after));
            page.items().forEach(hold -> paged.add(hold.id()));
            after = page.next();
        } while (after != null);
        assertThat(paged).isEqualTo(all);
        assertThat(books.holds
                        .list(books.scope, Optional.empty(), Optional.of(HoldStatus.OPEN), Page.Request.first())
                        .items())
                .extracting(Hold::id)
                .contains(other)
                .doesNotContain(all.get(0))
                .hasSize(5);
    }

    @Test
    void anotherTenantOrCustomerSeesAndSettlesNothing() {
        CustomerId customer = books.customerWith("10");
        CustomerId neighbour = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        Books others = new Books(postgres);
        Scope foreign = new Scope(books.scope.tenant(), Optional.of(Set.of(neighbour)), books.scope.actor());
        for (Scope scope : List.of(others.scope, foreign)) {
            assertThat(refusal(() -> books.holds.get(scope, hold)).code().status())
                    .isEqualTo(404);
            assertThat(refusal(() -> books.holds.settle(scope, hold, BigDecimal.ONE, true))
                            .code()
                            .status())
                    .isEqualTo(404);
            assertThat(refusal(() -> books.holds.release(scope, hold)).code().status())
                    .isEqualTo(404);
            assertThat(refusal(() -> books.holds.extend(scope, hold, 60)).code().status())
                    .isEqualTo(404);
            assertThat(refusal(() -> books.holds.place(
                                    scope, new NewHold(customer, BigDecimal.ONE, 60, Optional.empty())))
                            .code()
                            .status())
                    .isEqualTo(404);
            assertThat(books.holds
                            .list(scope, Optional.of(customer), Optional.empty(), Page.Request.first())
                            .items())
                    .isEmpty();
        }
        expect(customer, "10", "5");
    }

    @Test
    void erasingACustomerGivesBackWhatIsHeldAndKeepsTheLedger() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "4", 60).id();
        books.hold(customer, "1", 60);
        books.part.erased(books.scope, customer);
        expect(customer, "10", "0");
        assertThat(books.holds.get(books.scope, hold).status()).isEqualTo(HoldStatus.RELEASED);
        books.part.erased(books.scope, customer);
        expect(customer, "10", "0");
    }

    @Test
    void aDebtDoesNotKeepAHoldFromBeingSettled() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        books.post(posting(customer, "-20", UUID.randomUUID(), false));
        settle(hold, "5", true);
        expect(customer, "-15", "0");
    }

    @Test
    void aDeletedCustomerGetsNoHold() {
        CustomerId customer = books.customerWith("10");
        books.delete(customer);
        assertThatThrownBy(() -> books.hold(customer, "1", 60)).isInstanceOf(ProblemException.class);
    }
}
