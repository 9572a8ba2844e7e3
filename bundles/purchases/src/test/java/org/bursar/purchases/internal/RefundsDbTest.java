package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Lot;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseDispute;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.Refund;
import org.bursar.purchases.RefundPreview;
import org.bursar.purchases.RefundStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that goes back: once, whatever becomes of the call, and the credit with it. */
class RefundsDbTest {
    private static World world;
    private static FakeProvider provider;

    private Scope scope;
    private CustomerId customer;
    private Purchase purchase;

    @BeforeAll
    static void open() {
        world = new World();
        provider = world.provider;
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void paid() {
        provider.reset();
        scope = world.tenant();
        customer = world.customer(scope);
        purchase = world.buy(scope, customer, World.PROVIDER);
        provider.pays(purchase.id(), 45_000);
        world.look.at(scope, purchase.id());
        assertThat(balance()).isEqualByComparingTo("500");
    }

    private BigDecimal balance() {
        return world.balance(scope, customer);
    }

    private Purchase now() {
        return world.purchases.get(scope, purchase.id());
    }

    private Refund refund(String amount) {
        RefundId id = world.refunds.plan(
                scope, purchase.id(), Optional.of(Money.of("USD", new BigDecimal(amount))), "asked for it");
        world.refunds.execute(scope, id);
        return world.refunds.get(scope, purchase.id(), id);
    }

    private Refund again(Refund refund) {
        return world.refunds.get(scope, purchase.id(), refund.id());
    }

    private void later(Duration duration) {
        world.clock.advance(duration);
        world.refundCalls.run();
        world.reconciliation.run();
    }

    private void spend(String amount) {
        Posting usage = new Posting(
                customer,
                new BigDecimal(amount).negate(),
                EntryKind.USAGE,
                Optional.empty(),
                Optional.empty(),
                UUID.randomUUID(),
                false);
        world.database.run(scope, () -> world.ledger.post(scope, List.of(usage)));
    }

    private List<Lot> lots() {
        return world.wallets.lotsOf(scope, customer, purchase.id().toString());
    }

    @Test
    void aPartAndThenTheRestGoBackAndTheCreditWithThem() {
        world.told.clear();
        Refund part = refund("90.00");
        assertThat(part.status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(world.told.stream().map(one -> one.type() + ' ' + one.data().get("status")))
                .containsExactly(
                        "refund.updated PLANNED",
                        "purchase.partially_refunded PARTIALLY_REFUNDED",
                        "refund.updated SUCCEEDED");
        assertThat(now().state()).isEqualTo(PurchaseState.PARTIALLY_REFUNDED);
        assertThat(balance()).isEqualByComparingTo("400");

        Refund rest = refund("360.00");
        assertThat(rest.status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(now().state()).isEqualTo(PurchaseState.REFUNDED);
        assertThat(balance()).isZero();
        assertThat(provider.payment(purchase.id()).refunds).hasSize(2);
        assertThatThrownBy(() -> refund("0.01"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(PurchasesProblems.WRONG_STATE));
    }

    @Test
    void moreThanIsLeftIsRefusedWithWhatCanBePaidBackAndChangesNothing() {
        refund("100.00");

        assertThatThrownBy(() -> refund("350.01")).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(Problems.INVALID);
            assertThat(e.problem().errors().get(0).pointer()).isEqualTo("/amount/amount");
            assertThat(e.problem().errors().get(0).detail()).contains("350.00 USD");
        });
        assertThat(provider.payment(purchase.id()).refunds).hasSize(1);
    }

    @Test
    void anAnswerThatIsLostIsFoundOutAtOnceAndNothingGoesBackTwice() {
        provider.fault = FakeProvider.Fault.ANSWER_LOST;
        Refund refund = refund("450.00");

        assertThat(refund.status()).isEqualTo(RefundStatus.SUCCEEDED);
        provider.fault = FakeProvider.Fault.NONE;
        later(Duration.ofHours(2));
        assertThat(provider.payment(purchase.id()).refunds).hasSize(1);
        assertThat(balance()).isZero();
    }

    @Test
    void aLostRequestIsUnknownKeepsItsAmountFromBeingAskedForAndIsRepeatedWithTheSameKey() {
        provider.fault = FakeProvider.Fault.REQUEST_LOST;
        Refund refund = refund("450.00");
        assertThat(refund.status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(balance()).isEqualByComparingTo("500");
        assertThatThrownBy(() -> refund("0.01")).isInstanceOf(ProblemException.class);

        provider.fault = FakeProvider.Fault.NONE;
        later(Duration.ofMinutes(2));

        assertThat(again(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(provider.keys).hasSize(2);
        assertThat(provider.keys.get(0)).isEqualTo(provider.keys.get(1));
        assertThat(balance()).isZero();
    }

    @Test
    void afterTwentyThreeHoursNothingIsAskedAgainAndWhatIsNotShownDidNotHappen() {
        provider.fault = FakeProvider.Fault.REQUEST_LOST;
        Refund refund = refund("450.00");
        provider.fault = FakeProvider.Fault.NONE;

        later(Duration.ofHours(23).plusMinutes(1));
        assertThat(provider.keys).hasSize(1);
        assertThat(again(refund).status()).isEqualTo(RefundStatus.UNKNOWN);
        later(Duration.ofHours(7));
        later(Duration.ofHours(7));

        assertThat(provider.keys).hasSize(1);
        assertThat(again(refund).status()).isEqualTo(RefundStatus.FAILED);
        assertThat(now().state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(refund("450.00").status()).isEqualTo(RefundStatus.SUCCEEDED);
    }

    @Test
    void aRefundThatPendsIsLookedAtUntilItEndsAndOneThatFailsBringsTheMoneyBackIntoReach() {
        provider.refundsAre = PaymentSnapshot.RefundStatus.PENDING;
        Refund refund = refund("450.00");
        assertThat(refund.status()).isEqualTo(RefundStatus.PENDING);
        assertThat(balance()).isEqualByComparingTo("500");

        List<PaymentSnapshot.Refund> shown = provider.payment(purchase.id()).refunds;
        shown.set(
                0,
                PaymentSnapshot.Refund.of(
                        "re_1",
                        PaymentSnapshot.RefundStatus.SUCCEEDED,
                        shown.get(0).amount()));
        later(Duration.ofMinutes(2));
        assertThat(again(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(balance()).isZero();

        shown.set(
                0,
                PaymentSnapshot.Refund.of(
                        "re_1",
                        PaymentSnapshot.RefundStatus.FAILED,
                        shown.get(0).amount()));
        world.look.at(scope, purchase.id());
        assertThat(again(refund).status()).isEqualTo(RefundStatus.FAILED);
        assertThat(now().state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(balance()).isEqualByComparingTo("500");
        assertThat(world.refunds.preview(scope, purchase.id(), Optional.empty()).refundable())
                .isEqualTo(new Money("USD", 45_000));
    }

    @Test
    void whatWasPaidBackAtTheProviderIsListedAndNotAskedForTwice() {
        provider.payment(purchase.id())
                .refunds
                .add(PaymentSnapshot.Refund.of(
                        "re_x",
                        PaymentSnapshot.RefundStatus.SUCCEEDED,
                        org.bursar.payments.spi.Money.of("USD", 40_000)));
        world.look.at(scope, purchase.id());

        List<Refund> listed =
                world.refunds.list(scope, purchase.id(), Page.Request.first()).items();
        assertThat(listed).singleElement().satisfies(refund -> {
            assertThat(refund.byProvider()).isTrue();
            assertThat(refund.status()).isEqualTo(RefundStatus.SUCCEEDED);
        });
        assertThatThrownBy(() -> refund("50.01")).isInstanceOf(ProblemException.class);
        assertThat(refund("50.00").status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(now().state()).isEqualTo(PurchaseState.REFUNDED);
    }

    @Test
    void aRefusalEndsItAndAGatewayThatIsGoneLeavesItPlanned() {
        provider.fault = FakeProvider.Fault.REFUSED;
        assertThat(refund("10.00").status()).isEqualTo(RefundStatus.FAILED);
        provider.fault = FakeProvider.Fault.NOT_EXECUTED;
        Refund waiting = refund("10.00");
        assertThat(waiting.status()).isEqualTo(RefundStatus.PLANNED);
        provider.fault = FakeProvider.Fault.NONE;
        later(Duration.ofMinutes(2));
        assertThat(again(waiting).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(balance().setScale(2, java.math.RoundingMode.HALF_EVEN)).isEqualByComparingTo("488.89");
    }

    @Test
    void aDepositThatWasPaidBackIsAFactAndTheCreditGoesAtOnce() {
        purchase = world.buy(scope, customer, World.DEPOSIT);
        world.purchases.approve(scope, purchase.id(), new Money("USD", 45_000), Optional.of("statement"));
        assertThat(refund("45.00").status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(now().state()).isEqualTo(PurchaseState.PARTIALLY_REFUNDED);
        assertThat(now().credited()).isEqualByComparingTo("450");
        assertThat(refund("405.00").status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(now().state()).isEqualTo(PurchaseState.REFUNDED);
        assertThat(balance()).isEqualByComparingTo("500");
    }

    @Test
    void thePreviewSaysWhatIsSpentAndWhatTheWalletIsLeftWith() {
        spend("380");

        RefundPreview preview = world.refunds.preview(scope, purchase.id(), Optional.empty());

        assertThat(preview.left()).isEqualByComparingTo("120");
        assertThat(preview.spent()).isEqualByComparingTo("380");
        assertThat(preview.taken()).isEqualByComparingTo("500");
        assertThat(preview.takenFromLot()).isEqualByComparingTo("120");
        assertThat(preview.balanceAfter()).isEqualByComparingTo("-380");
        assertThat(preview.possible()).isTrue();
        refund("450.00");
        assertThat(balance()).isEqualByComparingTo(preview.balanceAfter());
    }

    @Test
    void aCustomersOwnCallerPaysNothingBack() {
        assertThatThrownBy(() -> world.refunds.plan(scope.only(customer), purchase.id(), Optional.empty(), "mine"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(Problems.FORBIDDEN));
    }

    @Test
    void anOpenDisputeIsListedTakesTheCreditAndLeavesNothingToPayBack() {
        dispute(DisputeStatus.OPEN);
        assertThat(now().state()).isEqualTo(PurchaseState.DISPUTED);
        assertThat(balance()).isZero();
        assertThat(openDisputes())
                .singleElement()
                .satisfies(dispute -> assertThat(dispute.purchase()).isEqualTo(purchase.id()));
        assertThatThrownBy(() -> refund("1.00")).isInstanceOf(ProblemException.class);

        dispute(DisputeStatus.WON);
        assertThat(now().state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(balance()).isEqualByComparingTo("500");
        assertThat(openDisputes()).isEmpty();
    }

    @Test
    void whatACustomerPaidIsWhatCameLessWhatWentBackOrWasTaken() {
        assertThat(paidAsReported()).isEqualTo("450.00 USD");
        refund("50.25");
        assertThat(paidAsReported()).isEqualTo("399.75 USD");
        // the bank asks for all of it, a part of which went back already: nothing is left, and not less
        dispute(DisputeStatus.OPEN);
        assertThat(paidAsReported()).isEqualTo("0.00 USD");
        dispute(DisputeStatus.LOST);
        assertThat(paidAsReported()).isEqualTo("0.00 USD");
        dispute(DisputeStatus.WON);
        assertThat(paidAsReported()).isEqualTo("399.75 USD");
        disputed(DisputeStatus.LOST, 10_000);
        assertThat(paidAsReported()).isEqualTo("299.75 USD");
        disputed(DisputeStatus.WON, 10_000);
        refund("399.75");
        assertThat(paidAsReported()).isEqualTo("0.00 USD");

        world.buy(scope, customer, World.PROVIDER);
        assertThat(paidAsReported()).as("what nobody paid yet").isEqualTo("0.00 USD");
        Scope stranger = world.tenant();
        assertThat(world.database.transact(
                        stranger,
                        () -> world.database
                                .mapper("purchases", PaidMapper.class)
                                .rows()))
                .isEmpty();
    }

    private String paidAsReported() {
        return String.join(
                ", ",
                world.database.transact(
                        scope,
                        () -> world.database
                                .mapper("purchases", PaidMapper.class)
                                .rows()));
    }

    /** What reporting reads. */
    interface PaidMapper {
        @org.apache.ibatis.annotations.Select("select amount || ' ' || currency from purchases.report_paid")
        List<String> rows();
    }

    private void disputed(DisputeStatus status, long minor) {
        List<PaymentSnapshot.Dispute> disputes = provider.payment(purchase.id()).disputes;
        disputes.clear();
        disputes.add(PaymentSnapshot.Dispute.of("dp_1", status, org.bursar.payments.spi.Money.of("USD", minor)));
        world.look.at(scope, purchase.id());
    }

    private void dispute(DisputeStatus status) {
        disputed(status, 45_000);
    }

    private List<PurchaseDispute> openDisputes() {
        return world.refunds
                .disputes(scope, Optional.empty(), Optional.of(PurchaseDispute.Status.OPEN), Page.Request.first())
                .items();
    }

    /** Any schedule of refunds, faults, disputes, usage and time: never more back than came, and the credit is what is due. */
    @Test
    void whateverHappensInWhateverOrderTheCreditIsTheTargetAndNothingGoesBackTwice() {
        for (long seed = 0; seed < 12; seed++) {
            paid();
            Random random = new Random(seed);
            BigDecimal spent = BigDecimal.ZERO;
            for (int step = 0; step < 14; step++) {
                switch (random.nextInt(6)) {
                    case 0 -> {
                        spend("7.5");
                        spent = spent.add(new BigDecimal("7.5"));
                    }
                    case 1 -> dispute(random.nextBoolean() ? DisputeStatus.OPEN : DisputeStatus.WON);
                    case 2 -> later(Duration.ofMinutes(random.nextInt(200)));
                    default -> anyRefund(random);
                }
                provider.fault = FakeProvider.Fault.NONE;
                assertThat(balance()).isEqualByComparingTo(now().credited().subtract(spent));
                lots().forEach(lot -> assertThat(lot.remaining()).isBetween(BigDecimal.ZERO, lot.granted()));
            }
            dispute(DisputeStatus.WON);
            later(Duration.ofHours(7));
            later(Duration.ofHours(7));
            long back = provider.payment(purchase.id()).refunds.stream()
                    .mapToLong(refund -> refund.amount().minor())
                    .sum();
            assertThat(back).isLessThanOrEqualTo(45_000);
            assertThat(now().credited())
                    .isEqualByComparingTo(new BigDecimal("500")
                            .multiply(BigDecimal.valueOf(45_000 - back))
                            .divide(BigDecimal.valueOf(45_000), 6, java.math.RoundingMode.HALF_EVEN));
            assertThat(world.refunds
                            .list(scope, purchase.id(), Page.Request.first())
                            .items())
                    .noneMatch(refund -> refund.status().open());
        }
    }

    private void anyRefund(Random random) {
        provider.fault = FakeProvider.Fault.values()[random.nextInt(FakeProvider.Fault.values().length)];
        try {
            refund(BigDecimal.valueOf(1 + random.nextInt(20_000), 2).toPlainString());
        } catch (ProblemException e) {
            assertThat(e.problem().code()).isIn(Problems.INVALID, PurchasesProblems.WRONG_STATE);
        }
    }
}
