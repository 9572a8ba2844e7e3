package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.Refund;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.purchases.Purchase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random schedules of all that goes wrong: answers lost, crashes between the posting and the commit, webhooks late, twice, in
 * another order, lost and forged, looks that overlap, a gateway that comes and goes; refunds and disputes on top. In the end
 * every purchase has exactly the credit that its provider's facts are worth, and one entry that says so.
 */
class SchedulesDbTest {
    private static final long PRICE = 45_000;
    private static final int STEPS = 40;
    private static final int SEEDS = 4;
    private static World world;
    private static ExecutorService threads;

    private Scope scope;
    private Random random;
    private final Map<String, Payment> payments = new HashMap<>();
    private final List<byte[]> events = new ArrayList<>();
    private final List<Purchase> purchases = new ArrayList<>();
    private int event;
    private volatile boolean failNext;
    private volatile CountDownLatch asked;
    private volatile CountDownLatch goOn;

    /** What the provider has of a purchase. */
    private static final class Payment {
        private final PaymentRef ref;
        private boolean captured;
        private boolean declined;
        private final List<Refund> refunds = new ArrayList<>();
        private final List<Dispute> disputes = new ArrayList<>();

        Payment(String purchase) {
            ref = PaymentRef.of("session", "cs_" + purchase);
        }

        synchronized PaymentSnapshot shown() {
            PaymentSnapshot shown = ScriptedGateway.snapshot(
                            ref, captured ? Phase.CAPTURED : Phase.OPEN, captured ? PRICE : 0)
                    .withRefunds(refunds)
                    .withDisputes(disputes);
            return declined && !captured
                    ? shown.withLastDecline(Decline.of(DeclineCode.CARD_DECLINED, "card_declined", true))
                    : shown;
        }

        synchronized long refunded() {
            return refunds.stream()
                    .filter(refund -> refund.status() != RefundStatus.FAILED)
                    .mapToLong(refund -> refund.amount().minor())
                    .sum();
        }

        /** What the facts are worth, in the words of this test. */
        synchronized BigDecimal worth() {
            if (!captured) {
                return BigDecimal.ZERO;
            }
            long gone = 0;
            for (Refund refund : refunds) {
                gone += refund.status() == RefundStatus.SUCCEEDED
                        ? refund.amount().minor()
                        : 0;
            }
            for (Dispute dispute : disputes) {
                boolean took = dispute.status() == DisputeStatus.OPEN || dispute.status() == DisputeStatus.LOST;
                gone += took ? dispute.amount().minor() : 0;
            }
            return new BigDecimal("500")
                    .multiply(BigDecimal.valueOf(Math.max(0, PRICE - gone)))
                    .divide(BigDecimal.valueOf(PRICE), 6, RoundingMode.HALF_EVEN);
        }
    }

    @BeforeAll
    static void open() {
        world = new World();
        world.queue.close();
        threads = Executors.newFixedThreadPool(4);
    }

    @AfterAll
    static void close() {
        threads.shutdownNow();
        world.close();
    }

    @AfterEach
    void usual() {
        world.crashAfterPosting.set(false);
        world.services.register(World.CARD, world.card);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 2_000, 3_000, 4_000, 5_000})
    void whateverHappensInWhateverOrderEachPurchaseIsCreditedOnceWithWhatItIsWorth(long first) throws Exception {
        for (long seed = first; seed < first + SEEDS; seed++) {
            random = new Random(seed);
            begin();
            for (int step = 0; step < STEPS; step++) {
                step();
                balanced("seed " + seed + " step " + step);
            }
            end("seed " + seed);
        }
    }

    private void begin() {
        scope = world.tenant();
        world.services.register(World.CARD, world.card);
        world.gateways.put(scope, World.CARD, Map.of(), OptionalLong.empty());
        payments.clear();
        events.clear();
        purchases.clear();
        failNext = false;
        asked = null;
        world.card.start = this::start;
        world.card.show = (context, ref) -> show(ref);
        for (int i = 0; i < 3; i++) {
            CustomerId customer = world.customer(scope);
            purchases.add(world.buy(scope, customer, World.CARD));
        }
    }

    /** The provider does its part whether its answer arrives or not. */
    private CheckoutStart start(org.bursar.payments.spi.GatewayContext context, CheckoutRequest request)
            throws GatewayException {
        Payment payment = payments.computeIfAbsent(request.purchaseId(), Payment::new);
        if (random.nextInt(3) == 0) {
            throw new GatewayException(GatewayException.Kind.OUTCOME_UNKNOWN, "the answer was lost");
        }
        return CheckoutStart.redirect(
                payment.ref,
                URI.create("https://pay.example/" + request.purchaseId()),
                world.clock.instant().plus(Duration.ofDays(30)));
    }

    private PaymentSnapshot show(PaymentRef ref) throws GatewayException {
        if (failNext) {
            failNext = false;
            throw new IllegalStateException("the provider fails");
        }
        PaymentSnapshot shown = payments.get(ref.id().substring("cs_".length())).shown();
        CountDownLatch signal = asked;
        if (signal != null) {
            asked = null;
            signal.countDown();
            try {
                goOn.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return shown;
    }

    private Purchase any() {
        return purchases.get(random.nextInt(purchases.size()));
    }

    private void step() throws Exception {
        Purchase purchase = any();
        Payment payment = payments.computeIfAbsent(purchase.id().toString(), Payment::new);
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> happens(purchase, payment);
            case 3 -> refund(payment);
            case 4 -> deliver(random.nextInt(4) != 0, SignedWebhooks.GOOD);
            case 5 -> deliver(true, SignedWebhooks.GOOD);
            case 6 -> deliver(false, "forged");
            case 7 -> deliverWhileTheGatewayIsAway();
            case 8 -> failNext = true;
            case 9 -> world.purchases.checkout(scope, purchase.id());
            case 10 -> overlap(purchase, payment);
            case 11 -> crash();
            case 12 -> world.clock.advance(Duration.ofMinutes(random.nextInt(40)));
            default -> work();
        }
    }

    private void happens(Purchase purchase, Payment payment) {
        synchronized (payment) {
            if (!payment.captured) {
                payment.captured = random.nextInt(3) != 0;
                payment.declined = !payment.captured;
            } else if (payment.disputes.isEmpty() && random.nextInt(3) == 0) {
                payment.disputes.add(Dispute.of("dp", DisputeStatus.OPEN, Money.of("USD", PRICE)));
            } else if (!payment.disputes.isEmpty()) {
                DisputeStatus end = random.nextBoolean() ? DisputeStatus.WON : DisputeStatus.LOST;
                payment.disputes.set(0, Dispute.of("dp", end, Money.of("USD", PRICE)));
            }
        }
        told(purchase.id().toString());
    }

    private void refund(Payment payment) {
        synchronized (payment) {
            long left = PRICE - payment.refunded();
            if (payment.captured && left > 0 && random.nextBoolean()) {
                payment.refunds.add(Refund.of(
                        "re_" + payment.refunds.size(),
                        RefundStatus.values()[random.nextInt(3)],
                        Money.of("USD", 1 + random.nextInt((int) left))));
            } else if (!payment.refunds.isEmpty()) {
                Refund last = payment.refunds.remove(payment.refunds.size() - 1);
                RefundStatus next = random.nextBoolean() ? RefundStatus.SUCCEEDED : RefundStatus.FAILED;
                boolean fits = next == RefundStatus.FAILED
                        || payment.refunded() + last.amount().minor() <= PRICE;
                payment.refunds.add(Refund.of(last.id(), fits ? next : RefundStatus.FAILED, last.amount()));
            }
        }
        told(payment.ref.id().substring("cs_".length()));
    }

    /** An event is on its way; some name the purchase, some only the payment. */
    private void told(String purchase) {
        event++;
        events.add(SignedWebhooks.body("evt_" + event, "cs_" + purchase, random.nextBoolean() ? purchase : ""));
    }

    /** Any of those that are on their way, in no order; it may come again. */
    private void deliver(boolean last, String signature) {
        if (events.isEmpty()) {
            return;
        }
        int which = random.nextInt(events.size());
        byte[] body = last ? events.remove(which) : events.get(which);
        try {
            world.inbox.receive(
                    world.addresses.token(scope.tenant(), World.CARD, 1),
                    body,
                    SignedWebhooks.headers(signature, world.clock.instant()),
                    "");
        } catch (ProblemException e) {
            assertThat(e.problem().code().code()).isEqualTo("webhook_rejected");
        }
    }

    private void deliverWhileTheGatewayIsAway() {
        world.services.unregister(World.CARD);
        deliver(true, SignedWebhooks.GOOD);
        work();
        world.services.register(World.CARD, world.card);
    }

    private void work() {
        world.inboxReading.run();
        world.reconciliation.run();
    }

    /** A look that takes long, while the world changes and others look. */
    private void overlap(Purchase purchase, Payment payment) throws Exception {
        mark(purchase);
        CountDownLatch signal = new CountDownLatch(1);
        goOn = new CountDownLatch(1);
        asked = signal;
        Future<?> slow = threads.submit(() -> world.looks.look(scope, purchase.id()));
        boolean reached = signal.await(200, TimeUnit.MILLISECONDS);
        asked = null;
        if (reached) {
            happens(purchase, payment);
            refund(payment);
            mark(purchase);
        }
        boolean later = reached && world.looks.look(scope, purchase.id()) == PurchaseLooks.Seen.DONE;
        goOn.countDown();
        slow.get();
        if (later) {
            // what the slow look saw is older than this
            assertThat(world.purchases.get(scope, purchase.id()).credited()).isEqualByComparingTo(payment.worth());
        }
    }

    private void mark(Purchase purchase) {
        world.database.run(scope, () -> world.hints.mark(scope, World.CARD, purchase.id()));
    }

    /** The node dies after the credit was posted and before the commit. */
    private void crash() {
        world.crashAfterPosting.set(true);
        purchases.forEach(this::mark);
        world.reconciliation.run();
        world.crashAfterPosting.set(false);
    }

    /** At any moment the wallets hold what the purchases say, and no more than they were sold for. */
    private void balanced(String when) {
        for (Purchase purchase : purchases) {
            Purchase now = world.purchases.get(scope, purchase.id());
            assertThat(world.balance(scope, purchase.customer())).as(when).isEqualByComparingTo(now.credited());
            assertThat(now.credited()).as(when).isBetween(BigDecimal.ZERO, now.credits());
        }
    }

    private void end(String when) {
        failNext = false;
        world.services.register(World.CARD, world.card);
        for (Purchase purchase : purchases) {
            for (int look = 0; look < 12; look++) {
                world.reconciler.lookNow(scope, purchase.id());
            }
            Purchase now = world.purchases.get(scope, purchase.id());
            Payment payment = payments.get(purchase.id().toString());
            assertThat(now.credited()).as(when).isEqualByComparingTo(payment.worth());
            assertThat(now.state().captured()).as(when).isEqualTo(payment.captured);
            assertThat(credits(purchase)).as(when).isLessThanOrEqualTo(1);
            if (now.credited().signum() > 0) {
                assertThat(credits(purchase)).as(when).isEqualTo(1);
            }
        }
        balanced(when);
    }

    private long credits(Purchase purchase) {
        Entries entries = world.database.mapper("credits", Entries.class);
        return world.database.transact(
                scope, () -> entries.purchases(purchase.id().toString()));
    }

    /** The wallet's entries. */
    interface Entries {
        @org.apache.ibatis.annotations.Select("""
                select count(*) from credits.entry where reference = #{reference} and kind = (
                  select kind from credits.entry where reference = #{reference} order by seq limit 1)
                """)
        long purchases(String reference);
    }
}
