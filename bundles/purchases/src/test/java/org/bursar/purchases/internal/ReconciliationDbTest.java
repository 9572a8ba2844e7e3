package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of purchases whose gateway fails, hangs, lies, disappears or takes its time. */
class ReconciliationDbTest {
    private static World world;

    private Scope scope;
    private CustomerId customer;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void reset() {
        scope = world.tenant();
        customer = world.customer(scope);
        world.services.register(World.CARD, world.card);
        world.card.requests.clear();
        world.card.start = (context, request) -> ScriptedGateway.redirect(request);
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.OPEN, 0);
        world.card.located = List.of();
    }

    private Purchase buy() {
        return world.buy(scope, customer, World.CARD);
    }

    private Purchase now(Purchase purchase) {
        return world.purchases.get(scope, purchase.id());
    }

    private void later(Duration duration) {
        world.clock.advance(duration);
        world.reconciliation.run();
    }

    private List<CheckoutRequest> asked(Purchase purchase) {
        return world.card.requests.stream()
                .filter(request -> request.purchaseId().equals(purchase.id().toString()))
                .toList();
    }

    private void fails(Throwable failure) {
        world.card.start = (context, request) -> {
            throw ReconciliationDbTest.<RuntimeException>sneaky(failure);
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void aLostAnswerIsAskedForAgainWithTheSameKeyAndTheSameRequest() {
        for (Throwable failure : List.of(
                new NoClassDefFoundError("updated during the call"),
                new IllegalStateException("bug"),
                new GatewayException(Kind.OUTCOME_UNKNOWN, "read timed out"))) {
            fails(failure);
            Purchase purchase = buy();

            assertThat(purchase.state()).isEqualTo(PurchaseState.CREATED);
            assertThat(purchase.next()).isEqualTo(new NextStep.Wait());

            world.card.start = (context, request) -> ScriptedGateway.redirect(request);
            later(Duration.ofMinutes(2));

            assertThat(now(purchase).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
            assertThat(now(purchase).next()).isInstanceOf(NextStep.Redirect.class);
            assertThat(asked(purchase)).hasSize(2);
            assertThat(asked(purchase).get(1)).isEqualTo(asked(purchase).get(0));
        }
    }

    @Test
    void anAnswerOfNullOrToAnotherSchemeOrTooLateIsUnknownAndHarmsNothing() throws Exception {
        world.card.start = (context, request) -> null;
        Purchase nothing = buy();
        world.card.start = (context, request) -> CheckoutStart.redirect(
                PaymentRef.of("session", "evil"), URI.create("javascript:alert(1)"), Instant.MAX);
        Purchase script = buy();
        CountDownLatch interrupted = new CountDownLatch(1);
        world.card.start = (context, request) -> {
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return ScriptedGateway.redirect(request);
        };
        Purchase late = buy();

        assertThat(List.of(nothing, script, late)).extracting(Purchase::state).containsOnly(PurchaseState.CREATED);
        assertThat(List.of(nothing, script, late)).extracting(Purchase::next).containsOnly(new NextStep.Wait());
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(world.buy(scope, customer, World.DEPOSIT).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(world.entries(scope, customer)).isZero();
    }

    @Test
    void aRetryOfTheRequestResumesWhatIsUnknownAndRepeatsNothingThatIsKnown() {
        fails(new GatewayException(Kind.NOT_EXECUTED, "connection refused"));
        Purchase purchase = buy();
        world.card.start = (context, request) -> ScriptedGateway.redirect(request);

        Purchase resumed = world.purchases.checkout(scope, purchase.id());
        Purchase again = world.purchases.checkout(scope, purchase.id());

        assertThat(resumed.state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(again).isEqualTo(resumed);
        assertThat(asked(purchase)).hasSize(2);
    }

    @Test
    void aRefusalOfTheGatewaysEndsThePurchaseSinceNothingHappened() {
        for (Kind kind : List.of(
                Kind.BAD_CREDENTIALS, Kind.BAD_CONFIGURATION, Kind.INVALID_REQUEST, Kind.NOT_FOUND, Kind.UNSUPPORTED)) {
            fails(new GatewayException(kind, "no"));
            Purchase purchase = buy();

            assertThat(purchase.state()).isEqualTo(PurchaseState.CANCELLED);
            assertThat(purchase.next()).isNull();
            later(Duration.ofHours(1));
            assertThat(asked(purchase)).hasSize(1);
        }
    }

    @Test
    void aGatewayThatIsGoneIsWaitedFor() {
        Purchase unpaid = buy();
        fails(new IllegalStateException("?"));
        Purchase unknown = buy();
        world.services.unregister(World.CARD);
        PurchasesDbTest.refused("gateway_unavailable", this::buy);

        later(Duration.ofMinutes(10));
        assertThat(now(unpaid).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(now(unknown).state()).isEqualTo(PurchaseState.CREATED);

        world.services.register(World.CARD, world.card);
        world.card.start = (context, request) -> ScriptedGateway.redirect(request);
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        later(Duration.ofHours(1));
        later(Duration.ofHours(1));
        assertThat(now(unpaid).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(now(unknown).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("1000");
    }

    @Test
    void afterTwentyThreeHoursAKeyIsNotUsedAgainAndThePaymentIsOnlyLookedFor() {
        fails(new IllegalStateException("?"));
        Purchase none = buy();
        Purchase found = buy();
        world.clock.advance(Duration.ofHours(23));
        world.card.start = (context, request) -> ScriptedGateway.redirect(request);
        int before = world.card.requests.size();
        world.card.located = List.of();
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        ScriptedGateway searching = new Searching(found.id().toString());
        searching.show = world.card.show;
        world.services.register(World.CARD, searching);

        world.reconciliation.run();
        later(Duration.ofMinutes(10));

        assertThat(world.card.requests).hasSize(before);
        assertThat(searching.requests).isEmpty();
        assertThat(now(none).state()).isEqualTo(PurchaseState.CANCELLED);
        assertThat(now(found).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
    }

    @Test
    void ofSeveralPaymentsThatAreFoundThePaidOneCountsAndPeopleReadOfTheOthers() {
        fails(new IllegalStateException("?"));
        Purchase purchase = buy();
        String id = "cs_" + purchase.id();
        world.card.located = List.of(PaymentRef.of("unpaid", id), PaymentRef.of("paid", id));
        world.card.show = (context, ref) -> ref.kind().equals("paid")
                ? ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000)
                : ScriptedGateway.snapshot(ref, Phase.OPEN, 0);
        world.clock.advance(Duration.ofHours(23));

        world.reconciliation.run();
        later(Duration.ofMinutes(10));

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        assertThat(world.purchases.events(scope, purchase.id()))
                .anySatisfy(event -> assertThat(event.note()).contains("2 payments of this purchase"));
    }

    private static final class Searching extends ScriptedGateway {
        private final String known;

        Searching(String known) {
            super(World.CARD);
            this.known = known;
        }

        @Override
        public List<PaymentRef> locate(
                org.bursar.payments.spi.GatewayContext context, String purchaseId, Instant createdAfter) {
            return purchaseId.equals(known) ? List.of(PaymentRef.of("session", "cs_" + purchaseId)) : List.of();
        }
    }

    @Test
    void onlyWhatTheProviderShowsIsCreditedHoweverOftenItIsLookedAt() {
        Purchase purchase = buy();
        later(Duration.ofMinutes(2));
        assertThat(world.entries(scope, customer)).isZero();
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.PROCESSING, 0);
        later(Duration.ofMinutes(10));
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.UNDER_REVIEW);
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        for (int i = 0; i < 5; i++) {
            later(Duration.ofHours(2));
        }

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(now(purchase).received()).isEqualTo(new org.bursar.kernel.Money("USD", 45_000));
        assertThat(world.entries(scope, customer)).isEqualTo(1);
        PurchasesDbTest.refused(
                "not_manual",
                () -> world.purchases.approve(
                        scope, purchase.id(), new org.bursar.kernel.Money("USD", 45_000), java.util.Optional.empty()));
    }

    @Test
    void whatStaysUnknownIsAskedForEverMoreSeldom() {
        fails(new GatewayException(Kind.OUTCOME_UNKNOWN, "read timed out"));
        Purchase purchase = buy();

        for (int minute = 0; minute < 60; minute++) {
            later(Duration.ofMinutes(1));
        }

        // at once, then after 1, 5, 15 minutes; the next one is due after an hour
        assertThat(asked(purchase)).hasSize(4);
    }

    @Test
    void aProviderThatAsksForPatienceGetsIt() {
        fails(new GatewayException(Kind.RATE_LIMITED, "slow down", null, Duration.ofMinutes(30)));
        Purchase purchase = buy();

        later(Duration.ofMinutes(29));
        assertThat(asked(purchase)).hasSize(1);
        later(Duration.ofMinutes(2));
        assertThat(asked(purchase)).hasSize(2);
    }

    @Test
    void aWrongAmountIsReviewedAndNotCredited() {
        Purchase purchase = buy();
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 44_999);
        later(Duration.ofMinutes(2));

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.UNDER_REVIEW);
        assertThat(now(purchase).alert()).contains("449.99").contains("450.00");
        assertThat(world.entries(scope, customer)).isZero();
    }

    @Test
    void aRefundBeforeTheFirstLookCreditsWhatIsKept() {
        Purchase purchase = buy();
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000)
                .withRefunds(List.of(PaymentSnapshot.Refund.of(
                        "re_1", PaymentSnapshot.RefundStatus.SUCCEEDED, Money.of("USD", 9_000))));
        later(Duration.ofMinutes(2));

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.PARTIALLY_REFUNDED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("400");
    }

    @Test
    void twoPurchasesCannotBothClaimOnePayment() {
        PaymentRef shared = PaymentRef.of("session", "cs_shared_" + scope.tenant());
        world.card.start = (context, request) ->
                CheckoutStart.redirect(shared, URI.create("https://pay.example/x"), world.clock.instant());
        Purchase first = buy();
        Purchase second = buy();

        assertThat(first.state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(second.state()).isEqualTo(PurchaseState.CREATED);
        assertThat(second.alert()).contains("another purchase");
    }

    @Test
    void aGatewayThatFailsForOnePurchaseDoesNotHoldUpTheOthers() {
        List<Purchase> purchases = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            purchases.add(buy());
        }
        String bad = "cs_" + purchases.get(0).id();
        world.card.show = (context, ref) -> {
            if (ref.id().equals(bad)) {
                throw new IllegalStateException("this one is cursed");
            }
            return ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        };
        later(Duration.ofMinutes(2));

        assertThat(purchases)
                .extracting(purchase -> now(purchase).state())
                .containsExactly(
                        PurchaseState.AWAITING_PAYMENT,
                        PurchaseState.APPROVED,
                        PurchaseState.APPROVED,
                        PurchaseState.APPROVED);
        assertThat(now(purchases.get(0)).alert()).contains("IllegalStateException");
    }

    @Test
    void tenantsWhoseKeysAreRevokedDoNotHoldUpTheOthers() {
        Set<String> revoked = ConcurrentHashMap.newKeySet();
        List<Scope> order = new ArrayList<>();
        List<Purchase> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Scope buyers = world.tenant();
            CustomerId buyer = world.customer(buyers);
            order.add(buyers);
            for (int each = 0; each < 4; each++) {
                waiting.add(world.buy(buyers, buyer, World.CARD));
            }
            revoked.add(buyers.tenant().toString());
        }
        Purchase good = buy();
        order.add(scope);
        world.card.show = (context, ref) -> {
            if (revoked.contains(context.tenantId())) {
                throw new GatewayException(Kind.BAD_CREDENTIALS, "the key was revoked");
            }
            return ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        };
        world.clock.advance(Duration.ofMinutes(2));

        world.reconciliation(
                        world.database,
                        world.tenants(() -> order.stream().map(Scope::tenant).toList()))
                .run();

        assertThat(now(good).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.purchases.get(order.get(0), waiting.get(0).id()).state())
                .isEqualTo(PurchaseState.AWAITING_PAYMENT);
    }

    @Test
    void aGatewayIsNeverCalledInsideATransaction() {
        world.card.start = (context, request) -> {
            if (world.database.inTransaction()) {
                throw new AssertionError("inside a transaction");
            }
            return ScriptedGateway.redirect(request);
        };
        assertThat(buy().state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        Purchase purchase = buy();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> world.database.run(scope, () -> world.purchases.checkout(scope, purchase.id())))
                .isInstanceOf(IllegalStateException.class);
    }
}
