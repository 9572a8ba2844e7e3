package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bursar.credits.internal.Books.posting;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bursar.credits.Adjustment;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.customers.AccessReason;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds whose time runs out or is lengthened, over a real PostgreSQL. */
final class HoldExpiryDbTest {
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

    @Test
    void timeRunningOutGivesTheRestBackOnce() {
        CustomerId customer = books.customerWith("10");
        HoldId hold = books.hold(customer, "5", 60).id();
        HoldId longer = books.hold(customer, "1", 61).id();
        settle(hold, "2", false);
        books.clock.advance(Duration.ofSeconds(60));
        books.sweep.expireOverdue(books.scope);
        expect(customer, "8", "1");
        assertThat(books.holds.get(books.scope, hold).status()).isEqualTo(HoldStatus.EXPIRED);
        assertThat(books.holds.get(books.scope, longer).status()).isEqualTo(HoldStatus.OPEN);
        books.sweep.expireOverdue(books.scope);
        expect(customer, "8", "1");
    }

    @Test
    void aSettlementAfterTheExpiryStillChargesAndSaysSo() {
        CustomerId customer = books.customerWith("5");
        HoldId swept = books.hold(customer, "2", 10).id();
        HoldId unswept = books.hold(customer, "3", 20).id();
        books.clock.advance(Duration.ofSeconds(10));
        books.sweep.expireOverdue(books.scope);
        expect(customer, "5", "3");
        // somebody else took the credit meanwhile; the work was done all the same
        books.take(customer, "2");
        Hold late = settle(swept, "1.75", true);
        assertThat(late.status()).isEqualTo(HoldStatus.SETTLED);
        assertThat(late.afterExpiry()).isTrue();
        expect(customer, "1.25", "3");
        books.clock.advance(Duration.ofSeconds(10));
        assertThat(settle(unswept, "3", true).afterExpiry()).isTrue();
        expect(customer, "-1.75", "0");
    }

    @Test
    void aPartAfterTheExpiryReservesNothingAgain() {
        CustomerId customer = books.customerWith("5");
        HoldId hold = books.hold(customer, "4", 10).id();
        books.clock.advance(Duration.ofSeconds(10));
        assertThat(settle(hold, "1", false).status()).isEqualTo(HoldStatus.EXPIRED);
        expect(customer, "4", "0");
        assertThat(settle(hold, "1", false).status()).isEqualTo(HoldStatus.EXPIRED);
        assertThat(settle(hold, "2", true).status()).isEqualTo(HoldStatus.SETTLED);
        expect(customer, "1", "0");
    }

    @Test
    void releasingAnExpiredHoldEndsIt() {
        CustomerId customer = books.customerWith("5");
        HoldId hold = books.hold(customer, "4", 10).id();
        books.clock.advance(Duration.ofSeconds(10));
        books.sweep.expireOverdue(books.scope);
        assertThat(books.holds.release(books.scope, hold).status()).isEqualTo(HoldStatus.RELEASED);
        expect(customer, "5", "0");
        assertThat(refusal(() -> settle(hold, "1", true)).code().code()).isEqualTo("hold_settled");
    }

    @Test
    void anOverdueHoldThatWasNotSweptYetStandsInNoOnesWay() {
        CustomerId customer = books.customerWith("5");
        HoldId old = books.hold(customer, "4", 10).id();
        books.clock.advance(Duration.ofSeconds(10));
        books.hold(customer, "5", 10);
        expect(customer, "5", "5");
        assertThat(books.holds.get(books.scope, old).status()).isEqualTo(HoldStatus.EXPIRED);
    }

    @Test
    void anOverdueHoldThatWasNotSweptYetStandsInNoDebitsWay() {
        CustomerId customer = books.customerWith("5");
        HoldId old = books.hold(customer, "4", 10).id();
        HoldId live = books.hold(customer, "1", 11).id();
        Adjustment deduction = new Adjustment(Adjustment.Operation.DEDUCT, new BigDecimal("4"), "booked twice");
        assertThat(refusal(() -> books.wallets.adjust(books.scope, customer, deduction, UUID.randomUUID()))
                        .code()
                        .code())
                .isEqualTo("insufficient_credits");
        books.clock.advance(Duration.ofSeconds(10));
        books.wallets.adjust(books.scope, customer, deduction, UUID.randomUUID());
        expect(customer, "1", "1");
        assertThat(books.holds.get(books.scope, old).status()).isEqualTo(HoldStatus.EXPIRED);
        assertThat(books.holds.get(books.scope, live).status()).isEqualTo(HoldStatus.OPEN);
        assertThat(books.take(customer, "0.01")).isInstanceOf(PostResult.Insufficient.class);
    }

    @Test
    void aBatchThatIsDecidedAgainAfterHoldsExpiredPostsEachOnce() {
        CustomerId customer = books.customerWith("5");
        CustomerId other = books.customerWith("2");
        books.hold(customer, "4", 10);
        books.clock.advance(Duration.ofSeconds(10));
        List<Posting> batch = List.of(
                posting(other, "-2", UUID.randomUUID(), true),
                posting(customer, "-1", UUID.randomUUID(), true),
                posting(customer, "-4", UUID.randomUUID(), true),
                posting(other, "-1", UUID.randomUUID(), true));
        List<PostResult> results = books.ledger.post(books.scope, batch);
        assertThat(results.subList(0, 3)).allMatch(PostResult.Posted.class::isInstance);
        assertThat(results.get(3)).isInstanceOf(PostResult.Insufficient.class);
        expect(customer, "0", "0");
        expect(other, "0", "0");
    }

    @Test
    void anExtensionLengthensAndNeverShortens() {
        CustomerId customer = books.customerWith("5");
        Hold hold = books.hold(customer, "4", 60);
        assertThat(books.holds.extend(books.scope, hold.id(), 30).expiresAt()).isEqualTo(hold.expiresAt());
        books.clock.advance(Duration.ofSeconds(50));
        Hold longer = books.holds.extend(books.scope, hold.id(), 60);
        assertThat(longer.expiresAt()).isEqualTo(books.clock.instant().plusSeconds(60));
        assertThat(longer.version()).isGreaterThan(hold.version());
        books.clock.advance(Duration.ofSeconds(20));
        books.sweep.expireOverdue(books.scope);
        expect(customer, "5", "4");
    }

    @Test
    void aHoldThatIsNotOpenIsNotExtended() {
        CustomerId customer = books.customerWith("5");
        HoldId overdue = books.hold(customer, "1", 10).id();
        HoldId released = books.hold(customer, "1", 60).id();
        books.holds.release(books.scope, released);
        books.clock.advance(Duration.ofSeconds(10));
        assertThat(refusal(() -> books.holds.extend(books.scope, overdue, 60))
                        .code()
                        .status())
                .isEqualTo(409);
        assertThat(refusal(() -> books.holds.extend(books.scope, released, 60))
                        .code()
                        .status())
                .isEqualTo(409);
        assertThat(refusal(() -> books.holds.extend(books.scope, released, 0))
                        .code()
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aCustomerWhoIsRefusedMeanwhileIsNotExtendedButPaysForWhatWasDone() {
        CustomerId customer = books.customerWith("5");
        HoldId hold = books.hold(customer, "4", 60).id();
        books.refusals.add(new AccessReason("subscription_locked", "Locked."));
        assertThat(refusal(() -> books.holds.extend(books.scope, hold, 60))
                        .code()
                        .code())
                .isEqualTo("access_refused");
        settle(hold, "4", true);
        expect(customer, "1", "0");
    }

    @Test
    void theJobTakesEveryTenantAndMoreHoldsThanOneBatch() {
        Books second = new Books(postgres);
        CustomerId customer = books.customerWith("2000");
        CustomerId other = second.customerWith("10");
        second.hold(other, "4", 10);
        int many = HoldSweep.BATCH + 7;
        books.database.run(books.scope, () -> {
            for (int i = 0; i < many; i++) {
                books.hold(customer, "1", 10);
            }
        });
        expect(customer, "2000", Integer.toString(many));
        books.clock.advance(Duration.ofSeconds(11));
        new HoldExpiry(directory(second.scope.tenant(), books.scope.tenant()), books.clock, books.sweep).run();
        expect(customer, "2000", "0");
        assertThat(second.balance(other).held()).isEqualByComparingTo("0");
        assertThat(second.verify().sound()).isTrue();
    }

    @Test
    void aWalletThatSomebodyIsAtKeepsNoOtherWaitingHoweverManyItsOverdueHoldsAre() {
        CustomerId busy = books.customerWith("2000");
        CustomerId other = books.customerWith("10");
        books.database.run(books.scope, () -> {
            for (int i = 0; i < HoldSweep.BATCH + 1; i++) {
                books.hold(busy, "1", 10);
            }
        });
        books.hold(other, "4", 11);
        books.clock.advance(Duration.ofSeconds(12));
        WalletMapper wallets = books.database.mapper("credits", WalletMapper.class);
        books.database.run(books.scope, () -> {
            wallets.lock(books.scope.tenant(), new UUID[] {busy.uuid()});
            CompletableFuture.runAsync(() -> books.sweep.expireOverdue(books.scope))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        });
        expect(other, "10", "0");
        expect(busy, "2000", Integer.toString(HoldSweep.BATCH + 1));
        books.sweep.expireOverdue(books.scope);
        expect(busy, "2000", "0");
    }

    private static TenantDirectory directory(TenantId... tenants) {
        return new TenantDirectory() {
            @Override
            public Optional<TenantId> bySlug(String slug) {
                return Optional.empty();
            }

            @Override
            public Optional<TenantId> byHost(String host) {
                return Optional.empty();
            }

            @Override
            public boolean exists(TenantId tenant) {
                return all().contains(tenant);
            }

            @Override
            public List<TenantId> all() {
                return List.of(tenants);
            }
        };
    }
}
