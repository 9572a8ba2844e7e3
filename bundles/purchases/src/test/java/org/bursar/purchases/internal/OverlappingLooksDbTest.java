package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks that overlap, and hints that come while somebody looks. */
class OverlappingLooksDbTest {
    private World world;
    private Scope scope;
    private CustomerId customer;
    private Purchase purchase;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    @BeforeEach
    void open() {
        world = new World();
        world.card.start = (context, request) -> CheckoutStart.redirect(
                PaymentRef.of("session", "cs_" + request.purchaseId()),
                java.net.URI.create("https://pay.example/" + request.purchaseId()),
                world.clock.instant().plus(Duration.ofDays(1)));
        scope = world.tenant();
        customer = world.customer(scope);
        purchase = world.buy(scope, customer, World.CARD);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        world.close();
    }

    private PaymentSnapshot shown(Phase phase, long captured) {
        return ScriptedGateway.snapshot(PaymentRef.of("session", "cs_" + purchase.id()), phase, captured);
    }

    private PaymentSnapshot refunded() {
        return shown(Phase.CAPTURED, 45_000)
                .withRefunds(List.of(PaymentSnapshot.Refund.of(
                        "re_1", PaymentSnapshot.RefundStatus.SUCCEEDED, Money.of("USD", 45_000))));
    }

    private Purchase now() {
        return world.purchases.get(scope, purchase.id());
    }

    private void hint() {
        world.database.run(scope, () -> world.hints.mark(scope, World.CARD, purchase.id()));
    }

    @Test
    void whatASlowLookSawIsDroppedWhenALaterOneWasSettled() throws Exception {
        world.queue.close();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch settled = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        world.card.show = (context, ref) -> {
            if (looks.incrementAndGet() > 1) {
                return refunded();
            }
            asked.countDown();
            try {
                settled.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return shown(Phase.CAPTURED, 45_000);
        };
        hint();
        Future<PurchaseLooks.Seen> slow = threads.submit(() -> world.looks.look(scope, purchase.id()));
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        hint();
        assertThat(world.looks.look(scope, purchase.id())).isEqualTo(PurchaseLooks.Seen.DONE);
        assertThat(now().state()).isEqualTo(PurchaseState.REFUNDED);
        settled.countDown();
        assertThat(slow.get()).isEqualTo(PurchaseLooks.Seen.DONE);

        assertThat(now().state()).isEqualTo(PurchaseState.REFUNDED);
        assertThat(world.entries(scope, customer)).isZero();
    }

    @Test
    void aHintThatComesWhileSomebodyLooksIsNotForgotten() throws Exception {
        world.queue.close();
        AtomicInteger looks = new AtomicInteger();
        world.card.show = (context, ref) -> {
            if (looks.incrementAndGet() == 1) {
                hint();
                return shown(Phase.CAPTURED, 45_000);
            }
            return refunded();
        };
        hint();
        world.looks.look(scope, purchase.id());
        assertThat(now().state()).isEqualTo(PurchaseState.APPROVED);
        world.reconciliation.run();

        assertThat(now().state()).isEqualTo(PurchaseState.REFUNDED);
        assertThat(world.balance(scope, customer)).isZero();
        assertThat(world.looks.look(scope, purchase.id())).isEqualTo(PurchaseLooks.Seen.NOT_DUE);
    }

    @Test
    void ofManyNodesOneLooks() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        world.card.show = (context, ref) -> {
            looks.incrementAndGet();
            return shown(Phase.OPEN, 0);
        };
        world.clock.advance(Duration.ofMinutes(2));
        List<Callable<PurchaseLooks.Seen>> nodes =
                java.util.Collections.nCopies(16, () -> world.looks.look(scope, purchase.id()));
        for (Future<PurchaseLooks.Seen> node : threads.invokeAll(nodes)) {
            node.get();
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void hintsThatComeCloseTogetherMakeFewLooksAndTheyComeByThemselves() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        world.card.show = (context, ref) -> {
            looks.incrementAndGet();
            return shown(Phase.CAPTURED, 45_000);
        };
        for (int hint = 0; hint < 50; hint++) {
            hint();
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while ((now().state() != PurchaseState.APPROVED || world.queue.waiting() > 0) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(now().state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(looks.get()).isLessThan(25);
        assertThat(world.entries(scope, customer)).isEqualTo(1);
    }

    @Test
    void aGatewayThatHangsDoesNotKeepTheOthersPurchasesWaiting() {
        world.queue.close();
        ScriptedGateway other = new ScriptedGateway("other");
        other.start = world.card.start;
        other.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        world.services.register("other", other);
        for (int more = 0; more < 60; more++) {
            world.buy(scope, customer, World.CARD);
        }
        Purchase last = world.buy(scope, customer, "other");
        AtomicInteger asked = new AtomicInteger();
        world.card.show = (context, ref) -> {
            asked.incrementAndGet();
            throw new IllegalStateException("this provider is down");
        };
        world.clock.advance(Duration.ofMinutes(2));
        world.reconciliation.run();

        assertThat(world.purchases.get(scope, last.id()).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(asked.get()).isLessThan(30);
    }

    @Test
    void thatAPayerComesBackOrTheGatewayCallsItDoneIsNoMoney() {
        world.queue.close();
        world.card.start =
                (context, request) -> CheckoutStart.done(PaymentRef.of("session", "cs_" + request.purchaseId()));
        Purchase done = world.buy(scope, customer, World.CARD);
        // what the page that payers come back to reads
        assertThat(world.purchases.get(scope.only(customer), done.id()).state().captured())
                .isFalse();
        world.purchases.checkout(scope.only(customer), done.id());
        world.clock.advance(Duration.ofMinutes(2));
        world.reconciliation.run();
        assertThat(world.entries(scope, customer)).isZero();
    }

    @Test
    void whoAsksForALookGetsOneAtOnceAndReadsWhyThereIsNoAnswer() {
        world.queue.close();
        world.card.show = (context, ref) -> {
            throw new IllegalStateException("down");
        };
        assertThat(world.reconciler.lookNow(scope, purchase.id()).alert()).contains("IllegalStateException");
        world.card.show = (context, ref) -> shown(Phase.CAPTURED, 45_000);
        assertThat(world.reconciler.lookNow(scope, purchase.id()).state()).isEqualTo(PurchaseState.APPROVED);
        world.card.show = (context, ref) -> refunded();
        assertThat(world.reconciler.lookNow(scope, purchase.id()).state()).isEqualTo(PurchaseState.REFUNDED);
        Purchase deposit = world.buy(scope, customer, World.DEPOSIT);
        assertThat(world.reconciler.lookNow(scope, deposit.id()).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        PurchasesDbTest.refused("forbidden", () -> world.reconciler.lookNow(scope.only(customer), purchase.id()));
    }
}
