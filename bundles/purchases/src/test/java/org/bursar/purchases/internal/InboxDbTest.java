package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.ReceivedWebhook;
import org.bursar.purchases.ReceivedWebhook.State;
import org.bursar.purchases.WebhookInbox.Receipt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what providers send. */
class InboxDbTest {
    private static World world;

    private Scope scope;
    private CustomerId customer;

    @BeforeAll
    static void open() {
        world = new World();
        // each test says itself when purchases are looked at
        world.queue.close();
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
        // it is known by its settings while it is away
        world.gateways.put(scope, World.CARD, Map.of(), OptionalLong.empty());
        world.card.hook = SignedWebhooks::read;
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

    private void paid() {
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
    }

    private String token() {
        return world.addresses.token(scope.tenant(), World.CARD, 1);
    }

    private Receipt send(byte[] body, String signature) {
        return world.inbox.receive(token(), body, SignedWebhooks.headers(signature, world.clock.instant()), "");
    }

    private Receipt send(String event, Purchase about) {
        return send(SignedWebhooks.body(event, "cs_" + about.id(), about.id().toString()), SignedWebhooks.GOOD);
    }

    private List<ReceivedWebhook> received() {
        return world.inbox
                .list(scope, Optional.empty(), Optional.empty(), new Page.Request(200, null))
                .items();
    }

    @Test
    void aVerifiedWebhookHasThePurchaseLookedAtAndDecidesNothingItself() {
        Purchase purchase = buy();
        assertThat(send("evt_1", purchase)).isEqualTo(Receipt.READ);
        world.reconciliation.run();
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(world.entries(scope, customer)).isZero();

        paid();
        assertThat(send("evt_2", purchase)).isEqualTo(Receipt.READ);
        assertThat(world.entries(scope, customer)).isZero();
        world.reconciliation.run();

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        assertThat(received()).extracting(ReceivedWebhook::purchase).containsOnly(purchase.id());
    }

    @Test
    void whatIsNotVerifiedIsKeptWithTheReasonAndMovesNothing() {
        Purchase purchase = buy();
        paid();
        byte[] body = SignedWebhooks.body(
                "evt_1", "cs_" + purchase.id(), purchase.id().toString());
        PurchasesDbTest.refused("webhook_rejected", () -> send(body, "forged"));
        world.reconciliation.run();

        assertThat(now(purchase).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(received()).singleElement().satisfies(webhook -> {
            assertThat(webhook.state()).isEqualTo(State.REJECTED);
            assertThat(webhook.note()).contains("BAD_SIGNATURE");
            assertThat(webhook.eventId()).isNull();
        });

        // the provider signs each delivery anew
        assertThat(send(body, SignedWebhooks.GOOD)).isEqualTo(Receipt.READ);
        world.reconciliation.run();
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(received()).singleElement().satisfies(webhook -> {
            assertThat(webhook.state()).isEqualTo(State.DONE);
            assertThat(webhook.deliveries()).isEqualTo(2);
        });
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(java.util.Collections.nCopies(times, call))) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theSameWebhookAHundredTimesAtOnceIsOne() throws Exception {
        Purchase purchase = buy();
        paid();
        assertThat(atOnce(100, () -> send("evt_1", purchase))).hasSize(100);
        world.inboxReading.run();
        world.reconciliation.run();
        world.reconciliation.run();

        assertThat(received()).singleElement().satisfies(webhook -> {
            assertThat(webhook.state()).isEqualTo(State.DONE);
            assertThat(webhook.deliveries()).isEqualTo(100);
        });
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        assertThat(world.entries(scope, customer)).isEqualTo(1);
    }

    @Test
    void aHundredEventsOfOnePurchaseAreOneCreditAndOneEventInAnotherBodyIsADuplicate() {
        Purchase purchase = buy();
        paid();
        for (int event = 0; event < 100; event++) {
            send("evt_" + event, purchase);
        }
        send(SignedWebhooks.body("evt_7", "cs_" + purchase.id(), ""), SignedWebhooks.GOOD);
        world.reconciliation.run();
        world.reconciliation.run();

        assertThat(received()).hasSize(101);
        assertThat(received().stream().filter(webhook -> webhook.state() == State.DUPLICATE))
                .hasSize(1);
        assertThat(world.entries(scope, customer)).isEqualTo(1);
    }

    @Test
    void whatComesWhileTheGatewayIsGoneIsReadWhenItIsBackByTheTimeAtWhichItCame() {
        Purchase purchase = buy();
        paid();
        world.services.unregister(World.CARD);
        assertThat(send("evt_1", purchase)).isEqualTo(Receipt.KEPT);
        for (int day = 0; day < 10; day++) {
            world.clock.advance(Duration.ofDays(1));
            world.inboxReading.run();
        }
        assertThat(received()).extracting(ReceivedWebhook::state).containsExactly(State.STORED);

        world.services.register(World.CARD, world.card);
        world.clock.advance(Duration.ofSeconds(15));
        world.inboxReading.run();
        assertThat(received()).extracting(ReceivedWebhook::state).containsExactly(State.DONE);
        world.reconciliation.run();
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
    }

    @Test
    void aGatewayThatHangsOrThrowsWhileItReadsKeepsNobodyWaitingAndLosesNothing() {
        Purchase purchase = buy();
        paid();
        world.card.hook = (context, raw) -> {
            throw new NoClassDefFoundError("updated during the call");
        };
        assertThat(send("evt_1", purchase)).isEqualTo(Receipt.KEPT);
        world.card.hook = (context, raw) -> null;
        assertThat(send("evt_2", purchase)).isEqualTo(Receipt.KEPT);
        world.card.hook = (context, raw) -> WebhookOutcome.of("evt\u0000", "payment.changed", List.of());
        assertThat(send("evt_3", purchase)).isEqualTo(Receipt.KEPT);

        world.card.hook = SignedWebhooks::read;
        world.clock.advance(Duration.ofMinutes(2));
        world.inboxReading.run();
        assertThat(received()).extracting(ReceivedWebhook::state).containsOnly(State.DONE);
    }

    @Test
    void aGatewayThatReadsNothingIsLeftAloneAndTheOthersAreReadAllTheSame() {
        ScriptedGateway other = new ScriptedGateway("other");
        world.services.register("other", other);
        world.gateways.put(scope, "other", Map.of(), OptionalLong.empty());
        world.services.unregister(World.CARD);
        world.services.unregister("other");
        for (int event = 0; event < 150; event++) {
            assertThat(send(SignedWebhooks.body("evt_" + event, "", ""), SignedWebhooks.GOOD))
                    .isEqualTo(Receipt.KEPT);
        }
        world.inbox.receive(
                world.addresses.token(scope.tenant(), "other", 1),
                SignedWebhooks.body("evt_other", "", ""),
                SignedWebhooks.headers(SignedWebhooks.GOOD, world.clock.instant()),
                "");
        AtomicInteger asked = new AtomicInteger();
        world.card.hook = (context, raw) -> {
            asked.incrementAndGet();
            throw new IllegalStateException("a bug");
        };
        world.services.register(World.CARD, world.card);
        world.services.register("other", other);
        world.clock.advance(Duration.ofMinutes(2));
        world.inboxReading.run();

        assertThat(asked).hasValue(3);
        assertThat(world.inbox
                        .list(scope, Optional.of("other"), Optional.empty(), Page.Request.first())
                        .items())
                .extracting(ReceivedWebhook::state)
                .containsExactly(State.DONE);
        world.services.unregister("other");
    }

    @Test
    void aPaymentOfWhichOnlyItsWebhookIsKnownIsAdoptedOnceTheProviderConfirmsIt() {
        world.card.start = (context, request) -> {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the answer was lost, each time");
        };
        Purchase purchase = buy();
        Purchase other = buy();
        world.card.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);

        send(SignedWebhooks.body("evt_1", "cs_" + other.id(), purchase.id().toString()), SignedWebhooks.GOOD);
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.CREATED);
        assertThat(received().get(0).note()).contains("does not confirm");

        send("evt_2", purchase);
        world.reconciliation.run();
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(now(other).state()).isEqualTo(PurchaseState.CREATED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        world.clock.advance(Duration.ofHours(25));
        world.reconciliation.run();
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
    }

    @Test
    void aWebhookThatComesBeforeTheCheckoutWasAnsweredTakesNothingFromThePayer() {
        world.card.start = (context, request) -> {
            world.inbox.receive(
                    token(),
                    SignedWebhooks.body("evt_1", "cs_" + request.purchaseId(), request.purchaseId()),
                    SignedWebhooks.headers(SignedWebhooks.GOOD, world.clock.instant()),
                    "");
            return ScriptedGateway.redirect(request);
        };
        Purchase purchase = buy();
        assertThat(purchase.next()).isInstanceOf(NextStep.Redirect.class);
        assertThat(received()).extracting(ReceivedWebhook::state).containsExactly(State.VERIFIED);

        paid();
        world.clock.advance(Duration.ofSeconds(10));
        world.inboxReading.run();
        world.reconciliation.run();
        assertThat(received()).extracting(ReceivedWebhook::state).containsExactly(State.DONE);
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
    }

    @Test
    void aWebhookOfSomethingElseIsDone() {
        send(SignedWebhooks.body("evt_1", "cs_elsewhere", ""), SignedWebhooks.GOOD);
        send(SignedWebhooks.body("evt_2", "cs_elsewhere", "pur_nonsense"), SignedWebhooks.GOOD);
        send(SignedWebhooks.body("evt_3", "", ""), SignedWebhooks.GOOD);
        Scope another = world.tenant();
        Purchase theirs = world.buy(another, world.customer(another), World.CARD);
        send("evt_4", theirs);
        paid();
        world.reconciliation.run();

        assertThat(received()).extracting(ReceivedWebhook::state).containsOnly(State.DONE);
        assertThat(world.purchases.get(another, theirs.id()).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
    }

    @Test
    void anAddressIsOneTenantsAndOneGatewaysAndAnotherOneTakesItsPlaceWithinADay() {
        byte[] body = SignedWebhooks.body("evt_1", "", "");
        Map<String, List<String>> headers = SignedWebhooks.headers(SignedWebhooks.GOOD, world.clock.instant());
        String first = token();
        for (String wrong : List.of(
                "",
                "bank-deposit",
                first.substring(0, 51) + (first.endsWith("0") ? "1" : "0"),
                world.addresses.token(scope.tenant(), "nobody", 1),
                world.addresses.token(scope.tenant(), World.CARD, 2),
                world.addresses.token(org.bursar.kernel.TenantId.next(world.clock), World.CARD, 1))) {
            PurchasesDbTest.refused("not_found", () -> world.inbox.receive(wrong, body, headers, ""));
        }
        assertThat(world.instances
                        .webhook(scope, World.CARD)
                        .orElseThrow()
                        .url()
                        .getPath())
                .isEqualTo("/api/v1/webhooks/" + first);
        assertThat(world.instances.webhook(scope, World.DEPOSIT)).isEmpty();
        PurchasesDbTest.refused("no_webhooks", () -> world.instances.rotate(scope, World.DEPOSIT));
        assertThat(world.instances.webhook(scope.only(customer), World.CARD)).isEmpty();

        String second =
                world.instances.rotate(scope, World.CARD).url().getPath().substring("/api/v1/webhooks/".length());
        assertThat(second).isNotEqualTo(first);
        world.inbox.receive(second, body, headers, "");
        world.inbox.receive(first, body, headers, "");
        world.clock.advance(Duration.ofDays(1));
        world.inbox.receive(second, body, headers, "");
        PurchasesDbTest.refused("not_found", () -> world.inbox.receive(first, body, headers, ""));
        assertThat(received())
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.deliveries()).isEqualTo(3));
    }

    @Test
    void moreThanEnoughWaitingIsRefusedAndAMonthLaterItIsForgotten() {
        world.services.unregister(World.CARD);
        Instant since = world.clock.instant();
        String tenant = scope.tenant().uuid().toString();
        world.test.executeAsOwner("set app.tenant = '" + tenant + "';"
                + " insert into purchases.inbox (tenant_id, inbox_id, gateway_id, body_hash, body, head, received_at, deliveries,"
                + " last_delivery_at, state, attempts, next_try_at) select '" + tenant
                + "', gen_random_uuid(), 'card', int4send(i), '', '', '" + since + "', 1, '" + since
                + "', 'STORED', 0, '" + since.plus(Duration.ofDays(60)) + "' from generate_series(1, 9999) i");
        send(SignedWebhooks.body("evt_1", "", ""), SignedWebhooks.GOOD);
        PurchasesDbTest.refused("unavailable", () -> send(SignedWebhooks.body("evt_2", "", ""), SignedWebhooks.GOOD));
        // what is there already is not one more
        send(SignedWebhooks.body("evt_1", "", ""), SignedWebhooks.GOOD);

        world.clock.advance(Duration.ofDays(30).plusSeconds(1));
        world.inboxCleaning.run();
        assertThat(received()).isEmpty();
        PurchasesDbTest.refused("too_large", () -> send(new byte[1024 * 1024 + 1], SignedWebhooks.GOOD));
        assertThat(send(new byte[1024 * 1024], SignedWebhooks.GOOD)).isEqualTo(Receipt.KEPT);
    }

    @Test
    void whatIsStoredShowsNothingOfBodyAndHeaders() {
        send(SignedWebhooks.body("evt_1", "", "the payer's name"), SignedWebhooks.GOOD);
        Stored stored = world.database.mapper("purchases", Stored.class);
        String everything = world.database.transact(scope, () -> stored.all()).toString();
        assertThat(everything).doesNotContain("the payer").doesNotContain("x-signature");
    }

    /** Everything of the inbox that is stored. */
    interface Stored {
        @org.apache.ibatis.annotations.Select("""
                select encode(body || head || body_hash, 'escape') from purchases.inbox
                """)
        List<String> all();
    }

    @Test
    void aReplayedWebhookIsReadAgainByTheTimeAtWhichItCame() {
        Purchase purchase = buy();
        byte[] body = SignedWebhooks.body(
                "evt_1", "cs_" + purchase.id(), purchase.id().toString());
        PurchasesDbTest.refused("webhook_rejected", () -> send(body, "signed with the secret before"));
        world.clock.advance(Duration.ofDays(2));
        // the secret was mended meanwhile
        world.card.hook = (context, raw) -> {
            Map<String, List<String>> mended = SignedWebhooks.headers(
                    SignedWebhooks.GOOD,
                    Instant.parse(raw.headers().get("x-signed-at").get(0)));
            return SignedWebhooks.read(
                    context, new SealedWebhook.Raw(raw.body(), mended, raw.query(), raw.receivedAt()));
        };
        paid();
        ReceivedWebhook replayed = world.inbox.replay(scope, received().get(0).id());
        assertThat(replayed.state()).isEqualTo(State.DONE);
        world.reconciliation.run();
        assertThat(now(purchase).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.audited).contains("webhook.replay " + replayed.id());
        world.inbox.replay(scope, replayed.id());
        world.reconciliation.run();
        assertThat(world.entries(scope, customer)).isEqualTo(1);
        PurchasesDbTest.refused("not_found", () -> world.inbox.replay(scope, "inb_nonsense"));
        PurchasesDbTest.refused("forbidden", () -> world.inbox.replay(scope.only(customer), replayed.id()));
    }

    @Test
    void whatCameAboutACustomersPurchasesGoesWithTheCustomer() {
        Purchase purchase = buy();
        send("evt_1", purchase);
        send(SignedWebhooks.body("evt_2", "", "other"), SignedWebhooks.GOOD);
        new CustomerPurchases(world.database, world.clock).erased(scope.only(customer), customer);
        assertThat(received()).extracting(ReceivedWebhook::eventId).containsExactly("evt_2");
    }
}
