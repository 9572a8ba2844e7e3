package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes late and must not undo, or end, what came before. */
class LateOutcomesDbTest {
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
        world.card.requests.clear();
        world.card.start = (context, request) -> CheckoutStart.redirect(
                PaymentRef.of("session", "cs_" + request.purchaseId()),
                URI.create("https://pay.example/" + request.purchaseId()),
                world.clock.instant().plus(Duration.ofDays(1)));
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.OPEN, 0);
        world.card.located = List.of();
    }

    private Purchase now(Purchase purchase) {
        return world.purchases.get(scope, purchase.id());
    }

    private void later(Duration duration) {
        world.clock.advance(duration);
        world.reconciliation.run();
    }

    private Purchase buy() {
        return world.buy(scope, customer, World.CARD);
    }

    private static void refuses(ScriptedGateway gateway, Kind kind) {
        gateway.start = (context, request) -> {
            throw new GatewayException(kind, "no");
        };
    }

    @Test
    void aRefusalAfterAnUnknownAttemptEndsNothingUntilThePaymentWasLookedFor() {
        refuses(world.card, Kind.OUTCOME_UNKNOWN);
        Purchase purchase = buy();
        for (Kind kind : List.of(Kind.NOT_EXECUTED, Kind.BAD_CREDENTIALS, Kind.NOT_FOUND, Kind.INVALID_REQUEST)) {
            refuses(world.card, kind);
            later(Duration.ofHours(2));
            assertThat(now(purchase).state()).as("after %s", kind).isEqualTo(PurchaseState.CREATED);
        }
        assertThat(world.card.requests).hasSizeGreaterThan(3);

        world.card.located = List.of(PaymentRef.of("session", "cs_" + purchase.id()));
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        later(Duration.ofHours(24));
        later(Duration.ofHours(1));
        later(Duration.ofHours(24));

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
    }

    @Test
    void anAttemptThatNeverToldItsOutcomeIsUnknownToo() {
        refuses(world.card, Kind.NOT_EXECUTED);
        Purchase purchase = buy();
        world.test.executeAsOwner("set app.tenant = '" + scope.tenant().uuid()
                + "'; update purchases.gateway_intent set lease_until = created_at where purchase_id = '"
                + purchase.id().uuid() + "'");
        refuses(world.card, Kind.BAD_CREDENTIALS);
        later(Duration.ofMinutes(2));

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.CREATED);
        later(Duration.ofHours(24));
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.CANCELLED);
    }

    @Test
    void aRefusalAfterAttemptsThatCertainlyDidNothingEndsThePurchase() {
        refuses(world.card, Kind.NOT_EXECUTED);
        Purchase purchase = buy();
        refuses(world.card, Kind.BAD_CREDENTIALS);
        later(Duration.ofMinutes(2));

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.CANCELLED);
    }

    private static PaymentSnapshot declined(PaymentRef ref) {
        return ScriptedGateway.snapshot(ref, Phase.OPEN, 0)
                .withLastDecline(Decline.of(DeclineCode.CARD_DECLINED, "card_declined", true));
    }

    @Test
    void aPayerWhoIsDeclinedAndPaysInTheSameCheckoutIsCreditedOnce() {
        Purchase purchase = buy();
        world.card.show = (context, ref) -> declined(ref);
        later(Duration.ofMinutes(2));
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.DECLINED);
        later(Duration.ofMinutes(10));
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.DECLINED);

        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        for (int i = 0; i < 4; i++) {
            later(Duration.ofHours(6));
        }

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        assertThat(world.entries(scope, customer)).isEqualTo(1);
    }

    private boolean lookedAt(Purchase purchase) {
        return world.database
                .transact(scope, () -> world.settlement.lock(scope, purchase.id()))
                .dirty();
    }

    @Test
    void aDeclinedPurchaseIsLookedAtUntilItsCheckoutIsOver() {
        Purchase ends = buy();
        world.card.show = (context, ref) -> declined(ref);
        later(Duration.ofMinutes(2));
        assertThat(lookedAt(ends)).isTrue();
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.EXPIRED, 0);
        later(Duration.ofMinutes(10));
        assertThat(lookedAt(ends)).isFalse();
        assertThat(now(ends).state()).isEqualTo(PurchaseState.DECLINED);
        assertThat(now(ends).alert()).isNull();

        Purchase staysOpen = buy();
        world.card.show = (context, ref) -> declined(ref);
        for (int day = 0; day < 20; day++) {
            later(Duration.ofHours(25));
        }
        assertThat(lookedAt(staysOpen)).isFalse();
        assertThat(now(staysOpen).state()).isEqualTo(PurchaseState.DECLINED);
    }

    @Test
    void aRefusalThatComesAfterTheApprovalLeavesThePersonsDecision() {
        world.deposit.start = (context, request) -> {
            approve(request);
            throw new GatewayException(Kind.BAD_CREDENTIALS, "the gateway says no");
        };
        Purchase purchase = world.buy(scope, customer, World.DEPOSIT);

        assertThat(purchase.state()).isEqualTo(PurchaseState.APPROVED);
        Purchase.Decision decision = purchase.decision();
        assertThat(decision).isNotNull();
        assertThat(decision.name()).isEqualTo("Mara");
        assertThat(decision.reason()).isNull();
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
    }

    private void approve(CheckoutRequest request) {
        PurchaseId id = PurchaseId.fromString(request.purchaseId());
        world.purchases.approve(scope, id, new Money("USD", 45_000), Optional.of("slip 7"));
    }

    @Test
    void aTenantWhosePurchasesCannotBeReadKeepsNoOtherWaiting() {
        Purchase purchase = buy();
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        world.clock.advance(Duration.ofMinutes(2));
        TenantId broken = TenantId.next(world.clock);

        world.reconciliation(failingFor(broken), world.tenants(() -> List.of(broken, scope.tenant())))
                .run();

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
    }

    private static Database failingFor(TenantId broken) {
        return (Database) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Database.class}, (proxy, method, arguments) -> {
                    if (arguments != null
                            && arguments[0] instanceof Scope asked
                            && asked.tenant().equals(broken)) {
                        throw new IllegalStateException("this tenant's rows cannot be read");
                    }
                    try {
                        return method.invoke(world.database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
