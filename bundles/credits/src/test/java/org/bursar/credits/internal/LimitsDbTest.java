package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.Adjustment;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Hold;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.NewHold;
import org.bursar.credits.SpendCap;
import org.bursar.credits.Wallets;
import org.bursar.credits.Wholesale;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Outcome;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds that are taken against a wallet, a user's cap and the tenant's wholesale wallet. */
class LimitsDbTest {
    private static final Page.Request PAGE = new Page.Request(50, null);

    private static TestDatabase postgres;

    private final Books books = new Books(postgres);
    private final UserId user = UserId.next(books.clock);

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    private SpendCap cap(CustomerId customer, String amount, SpendCap.Period period) {
        return books.caps.set(books.scope, customer, user, new BigDecimal(amount), period);
    }

    private SpendCap cap(CustomerId customer) {
        return books.caps.get(books.scope, customer, user);
    }

    private static Problem refusal(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run).problem();
    }

    private void nothingIsHeld(CustomerId customer) {
        assertThat(books.balance(customer).held()).isEqualByComparingTo("0");
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("0");
        assertThat(cap(customer).held()).isEqualByComparingTo("0");
    }

    @Test
    void aHoldIsTakenAgainstAllThreeAndSettledInAllThree() {
        CustomerId customer = books.customerWith("100");
        books.wholesale("0.4", "0", "50");
        cap(customer, "20", SpendCap.Period.MONTH);
        Hold hold = books.hold(customer, user, "10", 60);
        assertThat(hold.user()).isEqualTo(user);
        assertThat(books.balance(customer).held()).isEqualByComparingTo("10");
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("4");
        assertThat(cap(customer).held()).isEqualByComparingTo("10");
        books.holds.settle(books.scope, hold.id(), new BigDecimal("3"), false);
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("2.8");
        assertThat(cap(customer).held()).isEqualByComparingTo("7");
        books.holds.settle(books.scope, hold.id(), new BigDecimal("1"), true);
        nothingIsHeld(customer);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("96");
        assertThat(books.wholesaleBalance().balance()).isEqualByComparingTo("48.4");
        assertThat(cap(customer).spent()).isEqualByComparingTo("4");
        LedgerEntry entry = books.wholesale.entries(books.scope, PAGE).items().get(0);
        assertThat(entry.kind()).isEqualTo(EntryKind.SETTLEMENT);
        assertThat(entry.reference()).isEqualTo(hold.id().toString());
        assertThat(entry.amount()).isEqualByComparingTo("-0.4");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void whichLimitRefusesIsSaidAndNothingIsReservedInTheOthers() {
        CustomerId customer = books.customerWith("100");
        books.wholesale("0.5", "0", "20");
        cap(customer, "30", SpendCap.Period.TOTAL);
        Problem wallet = refusal(() -> books.hold(customer, user, "101", 60));
        assertThat(wallet.code().code()).isEqualTo("insufficient_credits");
        Problem capped = refusal(() -> books.hold(customer, user, "31", 60));
        assertThat(capped.code().code()).isEqualTo("spend_cap_reached");
        assertThat(capped.code().status()).isEqualTo(402);
        assertThat(capped.extensions()).containsEntry("available", "30.00");
        Problem exhausted = refusal(() -> books.hold(customer, "41", 60));
        assertThat(exhausted.code().code()).isEqualTo("wholesale_exhausted");
        assertThat(exhausted.code().status()).isEqualTo(402);
        assertThat(exhausted.extensions()).containsEntry("available", "20.00");
        nothingIsHeld(customer);
        books.hold(customer, user, "30", 60);
        // the cap is full, and others may go on
        assertThat(refusal(() -> books.hold(customer, user, "0.01", 60)).code().code())
                .isEqualTo("spend_cap_reached");
        books.hold(customer, UserId.next(books.clock), "10", 60);
        assertThat(refusal(() -> books.hold(customer, "0.01", 60)).code().code())
                .isEqualTo("wholesale_exhausted");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void whoIsRefusedAmongManyReservesNothingAnywhere() {
        CustomerId customer = books.customerWith("100");
        books.wholesale("0.5", "0", "20");
        cap(customer, "30", SpendCap.Period.TOTAL);
        List<Outcome<Hold>> outcomes = books.book.run(
                books.scope,
                List.of(
                        place(customer, "31", Optional.of(user)),
                        place(customer, "41", Optional.empty()),
                        place(customer, "101", Optional.of(user)),
                        place(customer, "25", Optional.of(user)),
                        place(customer, "6", Optional.of(user)),
                        place(customer, "15", Optional.empty()),
                        place(customer, "0.01", Optional.empty())));
        assertThat(outcomes.stream()
                        .map(outcome -> outcome.refusal()
                                .map(refusal -> refusal.problem().code().code())
                                .orElse("")))
                .containsExactly(
                        "spend_cap_reached",
                        "wholesale_exhausted",
                        "insufficient_credits",
                        "",
                        "spend_cap_reached",
                        "",
                        "wholesale_exhausted");
        assertThat(books.balance(customer).held()).isEqualByComparingTo("40");
        assertThat(cap(customer).held()).isEqualByComparingTo("25");
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("20");
        assertThat(books.verify().faults()).isEmpty();
    }

    private static HoldOperation place(CustomerId customer, String amount, Optional<UserId> user) {
        return new HoldOperation.Place(
                new NewHold(customer, new BigDecimal(amount), 60, Optional.empty(), user), Optional.empty());
    }

    @Test
    void theOverdraftOfTheWholesaleWalletIsThePlatformsCredit() {
        CustomerId customer = books.customerWith("100");
        books.wholesale("1", "15", "0");
        Hold hold = books.hold(customer, "15", 60);
        assertThat(refusal(() -> books.hold(customer, "0.000001", 60)).code().code())
                .isEqualTo("wholesale_exhausted");
        books.holds.settle(books.scope, hold.id(), new BigDecimal("15"), true);
        assertThat(books.wholesaleBalance().balance()).isEqualByComparingTo("-15");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void aLateSettlementChargesAllThreeAndSaysSo() {
        CustomerId customer = books.customerWith("10");
        books.wholesale("0.5", "0", "5");
        cap(customer, "10", SpendCap.Period.TOTAL);
        Hold hold = books.hold(customer, user, "10", 5);
        books.clock.advance(Duration.ofSeconds(6));
        books.sweep.expireOverdue(books.scope);
        nothingIsHeld(customer);
        Hold other = books.hold(customer, user, "10", 600);
        Hold late = books.holds.settle(books.scope, hold.id(), new BigDecimal("8"), true);
        assertThat(late.afterExpiry()).isTrue();
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("2");
        assertThat(books.wholesaleBalance().balance()).isEqualByComparingTo("1");
        assertThat(cap(customer).spent()).isEqualByComparingTo("8");
        assertThat(cap(customer).available()).isEqualByComparingTo("-8");
        books.holds.release(books.scope, other.id());
        nothingIsHeld(customer);
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void whatHasExpiredAndWasNotSweptStandsInNobodysWayAtAnyLimit() {
        CustomerId one = books.customerWith("100");
        CustomerId two = books.customerWith("100");
        books.wholesale("1", "0", "10");
        cap(one, "10", SpendCap.Period.TOTAL);
        books.hold(one, user, "10", 5);
        books.clock.advance(Duration.ofSeconds(6));
        // another customer's, whose wallet is not looked at: only what it keeps at wholesale comes back
        Hold second = books.hold(two, "10", 60);
        assertThat(books.balance(one).held()).isEqualByComparingTo("10");
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("10");
        assertThat(books.verify().faults()).isEmpty();
        books.holds.release(books.scope, second.id());
        books.hold(one, user, "10", 60);
        assertThat(cap(one).held()).isEqualByComparingTo("10");
        assertThat(books.balance(one).held()).isEqualByComparingTo("10");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void anExpiredHoldThatADeductionGaveBackLeavesWholesaleWithTheSweep() {
        CustomerId customer = books.customerWith("10");
        books.wholesale("1", "0", "10");
        books.hold(customer, user, "10", 5);
        books.clock.advance(Duration.ofSeconds(6));
        books.take(customer, "10");
        assertThat(books.balance(customer).held()).isEqualByComparingTo("0");
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("10");
        assertThat(books.sweep.next(books.scope))
                .hasValueSatisfying(at -> assertThat(at).isBefore(books.clock.instant()));
        books.sweep.expireOverdue(books.scope);
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("0");
        assertThat(books.sweep.next(books.scope)).isEmpty();
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void aHoldKeepsTheRateOfItsPlacing() {
        CustomerId customer = books.customerWith("100");
        books.wholesale("0.5", "0", "10");
        Hold before = books.hold(customer, "10", 60);
        books.wholesale("0.1", "0", "0");
        Hold after = books.hold(customer, "10", 60);
        books.holds.settle(books.scope, before.id(), new BigDecimal("10"), true);
        assertThat(books.wholesaleBalance().balance()).isEqualByComparingTo("5");
        books.holds.settle(books.scope, after.id(), new BigDecimal("10"), true);
        assertThat(books.wholesaleBalance().balance()).isEqualByComparingTo("4");
        assertThatThrownBy(() ->
                        books.wholesale.set(books.scope, new Wholesale.Terms("USD", BigDecimal.ONE, BigDecimal.ZERO)))
                .hasMessageStartingWith("invalid");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void aCapBeginsAnewWithItsPeriodAndKeepsWhatIsHeld() {
        CustomerId customer = books.customerWith("100");
        SpendCap set = cap(customer, "10", SpendCap.Period.MONTH);
        assertThat(set.until()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        Hold hold = books.hold(customer, user, "6", 86_400);
        books.holds.settle(books.scope, hold.id(), new BigDecimal("5"), false);
        assertThat(refusal(() -> books.hold(customer, user, "4.01", 60)).code().code())
                .isEqualTo("spend_cap_reached");
        books.holds.extend(books.scope, hold.id(), 86_400);
        for (int day = 0; day < 10; day++) {
            books.clock.advance(Duration.ofHours(23));
            books.holds.extend(books.scope, hold.id(), 86_400);
        }
        SpendCap next = cap(customer);
        assertThat(next.spent()).isEqualByComparingTo("0");
        assertThat(next.held()).isEqualByComparingTo("1");
        assertThat(next.until()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        books.hold(customer, user, "9", 60);
        books.holds.settle(books.scope, hold.id(), new BigDecimal("1"), true);
        assertThat(cap(customer).spent()).isEqualByComparingTo("1");
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void aCapThatIsSetLaterKnowsWhatIsHeldAndAnotherPeriodBeginsAnew() {
        CustomerId customer = books.customerWith("100");
        Hold hold = books.hold(customer, user, "6", 600);
        assertThat(cap(customer, "7", SpendCap.Period.DAY).held()).isEqualByComparingTo("6");
        books.holds.settle(books.scope, hold.id(), new BigDecimal("6"), true);
        assertThat(cap(customer, "8", SpendCap.Period.DAY).spent()).isEqualByComparingTo("6");
        assertThat(cap(customer, "8", SpendCap.Period.MONTH).spent()).isEqualByComparingTo("0");
        books.caps.remove(books.scope, customer, user);
        assertThat(refusal(() -> books.caps.remove(books.scope, customer, user))
                        .code()
                        .code())
                .isEqualTo("not_found");
        assertThat(refusal(() -> cap(customer)).code().code()).isEqualTo("not_found");
        books.hold(customer, user, "50", 60);
        assertThat(books.audited).anyMatch(text -> text.startsWith("spend_cap.remove " + user));
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void theCustomersOwnPeopleMayOnlyLowerWhatTheTenantHasSet() {
        CustomerId customer = books.customerWith("100");
        Scope own = books.scope.only(customer);
        cap(customer, "10", SpendCap.Period.DAY);
        assertThat(books.caps
                        .set(own, customer, user, new BigDecimal("9"), SpendCap.Period.DAY)
                        .byTenant())
                .isTrue();
        assertThat(refusal(() -> books.caps.set(own, customer, user, BigDecimal.TEN, SpendCap.Period.DAY))
                        .code()
                        .code())
                .isEqualTo("forbidden");
        assertThat(refusal(() -> books.caps.set(own, customer, user, BigDecimal.ONE, SpendCap.Period.TOTAL))
                        .code()
                        .code())
                .isEqualTo("forbidden");
        assertThat(refusal(() -> books.caps.remove(own, customer, user)).code().code())
                .isEqualTo("forbidden");
        UserId theirs = UserId.next(books.clock);
        assertThat(books.caps
                        .set(own, customer, theirs, BigDecimal.TEN, SpendCap.Period.DAY)
                        .byTenant())
                .isFalse();
        books.caps.set(own, customer, theirs, new BigDecimal("11"), SpendCap.Period.MONTH);
        books.caps.remove(own, customer, theirs);
        assertThat(books.caps.list(own, customer, PAGE).items()).hasSize(1);
    }

    @Test
    void aCustomersOwnCallerReservesAtWholesaleAndLearnsNothingOfIt() {
        CustomerId customer = books.customerWith("100");
        CustomerId other = books.customerWith("100");
        books.wholesale("1", "0", "10");
        Scope own = books.scope.only(customer);
        NewHold wanted = new NewHold(customer, new BigDecimal("6"), 60, Optional.empty());
        Hold hold = books.holds.place(own, wanted);
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("6");
        Problem refused = refusal(() -> books.holds.place(own, wanted));
        assertThat(refused.code().code()).isEqualTo("unavailable");
        assertThat(refused.detail()).doesNotContain("holesale").doesNotContain("4");
        assertThat(refused.extensions()).isEmpty();
        // its rows show only its own, in whatever way it asks
        assertThat(refusal(() -> books.wholesale.get(own)).code().code()).isEqualTo("forbidden");
        CustomerId wallet = Wholesale.walletOf(books.scope.tenant());
        assertThat(refusal(() -> books.wallets.get(own, wallet)).code().code()).isEqualTo("not_found");
        assertThat(refusal(() -> books.wallets.entries(own, wallet, Wallets.Order.NEWEST_FIRST, PAGE))
                        .code()
                        .code())
                .isEqualTo("not_found");
        Hold others = books.hold(other, "4", 60);
        assertThat(refusal(() -> books.holds.settle(own, others.id(), BigDecimal.ONE, true))
                        .code()
                        .code())
                .isEqualTo("not_found");
        books.holds.settle(own, hold.id(), new BigDecimal("2"), true);
        assertThat(books.wholesaleBalance().balance()).isEqualByComparingTo("8");
        assertThat(books.wallets.list(books.scope, PAGE).items())
                .noneMatch(each -> each.customer().equals(wallet));
        assertThat(books.verify().faults()).isEmpty();
    }

    @Test
    void anErasedCustomersHoldsAndCapsGoAndWholesaleFollowsWithTheSweep() {
        CustomerId customer = books.customerWith("100");
        books.wholesale("1", "0", "10");
        cap(customer, "10", SpendCap.Period.TOTAL);
        books.hold(customer, user, "6", 60);
        books.part.erased(books.scope, customer);
        assertThat(books.balance(customer).held()).isEqualByComparingTo("0");
        assertThat(books.verify().faults()).isEmpty();
        books.clock.advance(Duration.ofSeconds(61));
        books.sweep.expireOverdue(books.scope);
        assertThat(books.wholesaleBalance().held()).isEqualByComparingTo("0");
        assertThat(refusal(() -> cap(customer)).code().code()).isEqualTo("not_found");
    }

    @Test
    void whatIsWrongAtALimitIsFound() {
        CustomerId customer = books.customerWith("100");
        books.wholesale("1", "0", "10");
        cap(customer, "10", SpendCap.Period.TOTAL);
        books.hold(customer, user, "6", 60);
        books.asOwner("update credits.spend_cap set held = held + 1 where wallet_id = '" + customer.uuid() + "'");
        books.asOwner("update credits.wallet set held = held + 1 where wallet_id = '"
                + books.scope.tenant().uuid() + "'");
        assertThat(books.verify().faults())
                .extracting(fault -> fault.what())
                .hasSize(2)
                .anyMatch(what -> what.contains("of the cap of " + user + " 7.00 is held"))
                .anyMatch(what -> what.contains("held is 7.00, the rests of open holds sum to 6.00"));
    }

    @Test
    void whatIsPaidInIsGuardedAndPostedOnceForItsKey() {
        books.wholesale("1", "5", "10");
        UUID key = UUID.randomUUID();
        Adjustment less = new Adjustment(Adjustment.Operation.DEDUCT, new BigDecimal("12"), "returned");
        LedgerEntry once = books.wholesale.adjust(books.scope, less, key);
        assertThat(books.wholesale.adjust(books.scope, less, key).seq()).isEqualTo(once.seq());
        assertThat(books.wholesaleBalance().balance()).isEqualByComparingTo("-2");
        assertThat(refusal(() -> books.wholesale.adjust(books.scope, less, UUID.randomUUID()))
                        .code()
                        .code())
                .isEqualTo("insufficient_credits");
        assertThat(books.audited.stream().filter(text -> text.startsWith("wholesale.adjust")))
                .hasSize(2);
    }
}
