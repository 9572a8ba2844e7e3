package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.ReceivedWebhook;
import org.bursar.purchases.ReceivedWebhook.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that name a payment by a word that is not known here, and no purchase: as a provider tells of disputes and refunds. */
class UnnamedEventsDbTest {
    private static final String TELLING = "telling";

    private static World world;
    private static FakeProvider provider;
    private static int events;

    private Scope scope;
    private CustomerId customer;
    private Purchase purchase;

    @BeforeAll
    static void open() {
        world = new World();
        world.queue.close();
        provider = new FakeProvider(TELLING);
        provider.hook = (context, raw) -> {
            String[] words = new String(raw.body(), StandardCharsets.UTF_8).split(" ");
            return WebhookOutcome.of(
                    words[0], "charge.disputed", List.of(Hint.of(PaymentRef.of("charge", words[1]), Optional.empty())));
        };
        world.services.register(TELLING, provider);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void settled() {
        scope = world.tenant();
        customer = world.customer(scope);
        world.gateways.put(scope, TELLING, Map.of(), OptionalLong.empty());
        purchase = world.buy(scope, customer, TELLING);
        provider.pays(purchase.id(), 45_000);
        world.look.at(scope, purchase.id());
        provider.payment(purchase.id()).disputes.add(Dispute.of("du_1", DisputeStatus.OPEN, Money.of("USD", 45_000)));
    }

    private void send(Scope to, String payment) {
        world.inbox.receive(
                world.addresses.token(to.tenant(), TELLING, 1),
                ("evt_" + ++events + ' ' + payment).getBytes(StandardCharsets.UTF_8),
                Map.of(),
                "");
        world.reconciliation.run();
    }

    private PurchaseState state() {
        return world.purchases.get(scope, purchase.id()).state();
    }

    private ReceivedWebhook received(Scope by) {
        return world.inbox
                .list(by, Optional.of(TELLING), Optional.empty(), Page.Request.first())
                .items()
                .get(0);
    }

    @Test
    void theProviderIsAskedWhoseItIs() {
        send(scope, "cs_" + purchase.id());
        assertThat(state()).isEqualTo(PurchaseState.DISPUTED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("0");
        assertThat(received(scope).purchase()).isEqualTo(purchase.id());
    }

    @Test
    void anotherTenantsPaymentIsNobodys() {
        Scope other = world.tenant();
        world.gateways.put(other, TELLING, Map.of(), OptionalLong.empty());
        send(other, "cs_" + purchase.id());
        assertThat(received(other).state()).isEqualTo(State.DONE);
        assertThat(received(other).purchase()).isNull();
        assertThat(state()).isEqualTo(PurchaseState.APPROVED);
    }

    @Test
    void onePaymentThatTheProviderDoesNotKnowEndsTheSearch() {
        send(scope, "cs_unheard");
        assertThat(received(scope).state()).isEqualTo(State.DONE);
    }

    @Test
    void anothersPaymentIsAskedAboutOnceAnHourHoweverManyEventsItHas() {
        Scope other = world.tenant();
        world.gateways.put(other, TELLING, Map.of(), OptionalLong.empty());
        AtomicInteger asked = new AtomicInteger();
        var usual = provider.show;
        provider.show = (context, ref) -> {
            asked.incrementAndGet();
            return usual.show(context, ref);
        };
        try {
            for (int i = 0; i < 5; i++) {
                send(other, "cs_" + purchase.id());
                assertThat(received(other).state()).isEqualTo(State.DONE);
            }
            assertThat(asked).hasValue(1);
            world.clock.advance(Duration.ofHours(2));
            send(other, "cs_" + purchase.id());
            assertThat(asked).hasValue(2);
        } finally {
            provider.show = usual;
        }
        send(scope, "cs_" + purchase.id());
        assertThat(state()).as("what is foreign there is known here").isEqualTo(PurchaseState.DISPUTED);
    }

    @Test
    void whileACheckoutIsBeingStartedNothingIsForeign() {
        Scope other = world.tenant();
        world.gateways.put(other, TELLING, Map.of(), OptionalLong.empty());
        var begins = provider.start;
        provider.start = (context, request) -> {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "read timed out");
        };
        try {
            world.buy(other, world.customer(other), TELLING);
        } finally {
            provider.start = begins;
        }
        send(other, "cs_" + purchase.id());
        assertThat(received(other).state()).isEqualTo(State.VERIFIED);
    }

    @Test
    void aProviderThatDoesNotAnswerIsAskedAgain() {
        var usual = provider.show;
        provider.show = (context, ref) -> {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "read timed out");
        };
        try {
            send(scope, "cs_" + purchase.id());
        } finally {
            provider.show = usual;
        }
        assertThat(received(scope).state()).isEqualTo(State.VERIFIED);
        world.clock.advance(Duration.ofMinutes(2));
        world.inboxReading.run();
        world.reconciliation.run();
        assertThat(state()).isEqualTo(PurchaseState.DISPUTED);
    }
}
