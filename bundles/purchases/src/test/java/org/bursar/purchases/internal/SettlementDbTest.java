package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.Refund;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the wallet gets from what a provider shows, over the real ledger. */
class SettlementDbTest {
    private static World world;

    private Scope scope;
    private CustomerId customer;
    private Purchase purchase;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void buy() {
        scope = world.tenant();
        customer = world.customer(scope);
        purchase = world.buy(scope, customer, World.CARD);
    }

    private void show(PaymentSnapshot shown) {
        world.database.run(scope, () -> {
            PurchaseRow row = world.settlement.lock(scope, purchase.id());
            world.settlement.settle(scope, row, shown, row.appliedTicket() + 1);
        });
    }

    private PaymentSnapshot paid() {
        PaymentRef ref = PaymentRef.of("session", "cs_" + purchase.id());
        return ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
    }

    private static Refund refund(RefundStatus status, long minor) {
        return Refund.of("re_" + minor, status, Money.of("USD", minor));
    }

    private static Dispute dispute(DisputeStatus status) {
        return Dispute.of("dp_1", status, Money.of("USD", 45_000));
    }

    private Purchase now() {
        return world.purchases.get(scope, purchase.id());
    }

    private BigDecimal balance() {
        return world.balance(scope, customer);
    }

    @Test
    void theSameCaptureShownTenTimesIsCreditedOnce() {
        for (int i = 0; i < 10; i++) {
            show(paid());
        }

        assertThat(balance()).isEqualByComparingTo("500");
        assertThat(world.entries(scope, customer)).isEqualTo(1);
    }

    @Test
    void aRefundThatFailsLaterIsPostedBackAndEachStepOnce() {
        show(paid());
        show(paid().withRefunds(List.of(refund(RefundStatus.SUCCEEDED, 45_000))));
        show(paid().withRefunds(List.of(refund(RefundStatus.SUCCEEDED, 45_000))));
        assertThat(now().state()).isEqualTo(PurchaseState.REFUNDED);
        assertThat(balance()).isZero();

        show(paid().withRefunds(List.of(refund(RefundStatus.FAILED, 45_000))));
        assertThat(now().state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(balance()).isEqualByComparingTo("500");

        show(paid().withRefunds(List.of(refund(RefundStatus.SUCCEEDED, 9_000))));
        assertThat(now().state()).isEqualTo(PurchaseState.PARTIALLY_REFUNDED);
        assertThat(balance()).isEqualByComparingTo("400");
        assertThat(world.entries(scope, customer)).isEqualTo(4);
    }

    @Test
    void aDisputeTakesTheCreditAndWinningBringsItBack() {
        show(paid());
        show(paid().withDisputes(List.of(dispute(DisputeStatus.OPEN))));
        assertThat(now().state()).isEqualTo(PurchaseState.DISPUTED);
        assertThat(balance()).isZero();

        show(paid().withDisputes(List.of(dispute(DisputeStatus.WON))));
        assertThat(now().state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(balance()).isEqualByComparingTo("500");

        show(paid().withDisputes(List.of(dispute(DisputeStatus.LOST))));
        assertThat(now().state()).isEqualTo(PurchaseState.DISPUTED);
        assertThat(balance()).isZero();
    }

    @Test
    void whateverIsShownInWhateverOrderTheWalletHoldsExactlyWhatThePurchaseSaysWasCredited() {
        List<PaymentSnapshot> shown = List.of(
                paid(),
                paid().withReviewOpen(true),
                paid().withRefunds(List.of(refund(RefundStatus.SUCCEEDED, 15_000))),
                paid().withRefunds(List.of(
                        refund(RefundStatus.SUCCEEDED, 15_000), refund(RefundStatus.SUCCEEDED, 30_000))),
                paid().withRefunds(List.of(refund(RefundStatus.PENDING, 15_000))),
                paid().withDisputes(List.of(dispute(DisputeStatus.OPEN))),
                paid().withDisputes(List.of(dispute(DisputeStatus.INQUIRY))),
                ScriptedGateway.snapshot(paid().ref(), Phase.OPEN, 0),
                ScriptedGateway.snapshot(paid().ref(), Phase.UNKNOWN, 0),
                ScriptedGateway.snapshot(paid().ref(), Phase.CAPTURED, 1),
                ScriptedGateway.snapshot(paid().ref(), Phase.EXPIRED, 0));
        for (long seed = 0; seed < 8; seed++) {
            buy();
            Random random = new Random(seed);
            IntStream.range(0, 15).forEach(step -> {
                PaymentSnapshot any = shown.get(random.nextInt(shown.size()));
                PaymentSnapshot mine = ofThisPurchase(any);
                show(mine);
                assertThat(balance()).isEqualByComparingTo(now().credited());
                assertThat(now().credited()).isBetween(BigDecimal.ZERO, now().credits());
            });
            show(paid());
            assertThat(now().state()).isEqualTo(PurchaseState.APPROVED);
            assertThat(balance()).isEqualByComparingTo("500");
        }
    }

    /** The same facts about the purchase of this round. */
    private PaymentSnapshot ofThisPurchase(PaymentSnapshot any) {
        return ScriptedGateway.snapshot(
                        paid().ref(), any.phase(), any.captured().minor())
                .withRefunds(any.refunds())
                .withDisputes(any.disputes())
                .withReviewOpen(any.reviewOpen());
    }
}
