package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.mail.Mail;
import org.bursar.payments.stripe.StripeGateway;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.SavedMethod;
import org.bursar.purchases.SettingValue;
import org.bursar.purchases.TopUpDraft;
import org.bursar.purchases.TopUpStop;
import org.bursar.testing.stripe.FakeStripe;
import org.bursar.testing.stripe.Fault;
import org.bursar.testing.stripe.StripeAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a card that Stripe keeps, from the checkout in which it is saved, over charges without the payer, to its removal. */
class StripeTopUpsDbTest {
    private static final String STRIPE = "stripe";
    private static final String KEY = "sk_live_topups";

    private FakeStripe stripe;
    private StripeAccount account;
    private World world;
    private Scope scope;
    private CustomerId customer;
    private PackageId bought;
    private SavedMethod method;

    @BeforeEach
    void save() {
        stripe = FakeStripe.start(World.timeOf(() -> world));
        world = new World(Map.of(STRIPE, stripe.uri()), Duration.ofSeconds(10));
        account = stripe.account(KEY);
        world.services.register(STRIPE, new StripeGateway());
        scope = world.tenant();
        world.gateways.put(scope, STRIPE, Map.of("secretKey", new SettingValue.Text(KEY)), OptionalLong.empty());
        customer = world.customer(scope);
        bought = world.credits500(scope);
        PurchaseId first = world.purchases.open(scope, customer, bought, STRIPE, true);
        Purchase begun = world.purchases.checkout(scope, first);
        assertThat(begun.next()).isInstanceOf(NextStep.Redirect.class);
        account.payer().pay(session(0).path("id").asText());
        world.look.at(scope, first);
        method = world.topUps
                .methods(scope, Optional.of(customer), Page.Request.first())
                .items()
                .get(0);
        world.topUps.put(
                scope,
                customer,
                new TopUpDraft(true, new BigDecimal("50"), bought, method.id(), 5, 20, false),
                OptionalLong.empty());
    }

    @AfterEach
    void stop() {
        world.close();
        stripe.close();
    }

    private ObjectNode session(int number) {
        return account.all("checkout.session").get(number);
    }

    private List<ObjectNode> intents() {
        return account.all("payment_intent");
    }

    private void cardIs(String behaviour) {
        account.all("payment_method").forEach(card -> card.put("_behaviour", behaviour));
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

    private void later(Duration duration) {
        world.clock.advance(duration);
        world.reconciliation.run();
        world.automatic.run();
    }

    private List<Purchase> purchases() {
        return world.purchases
                .list(
                        scope,
                        new PurchaseFilter(Optional.of(customer), Optional.empty(), Optional.empty()),
                        Page.Request.first())
                .items();
    }

    @Test
    void aCardThatWasSavedIsChargedOnceWhenTheBalanceIsLow() {
        spend("460");
        later(Duration.ofMinutes(1));
        later(Duration.ofMinutes(1));

        assertThat(intents()).hasSize(2);
        assertThat(intents().get(1).path("amount_received").asLong()).isEqualTo(45_000);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("540");
        assertThat(purchases().get(0).state()).isEqualTo(PurchaseState.APPROVED);
    }

    @Test
    void aChargeWhoseAnswerIsLostIsMadeOnce() {
        spend("460");
        stripe.trapNext("POST /v1/payment_intents", new Fault.Dropped());
        world.automatic.run();
        assertThat(purchases().get(0).state()).isEqualTo(PurchaseState.CREATED);
        later(Duration.ofMinutes(2));
        later(Duration.ofMinutes(1));

        assertThat(intents()).hasSize(2);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("540");
    }

    @Test
    void aBankThatWantsThePayerHasThePayerPayOnAPageAndTheCardIsKeptOnce() {
        spend("460");
        cardIs("authentication_required");
        later(Duration.ofMinutes(1));
        later(Duration.ofMinutes(1));
        later(Duration.ofMinutes(1));
        assertThat(intents()).hasSize(2);
        Purchase open = purchases().get(0);
        assertThat(open.state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(world.mails).singleElement().satisfies(mail -> {
            assertThat(mail.kind()).isEqualTo("top-up-confirmation");
            assertThat(mail.text()).contains("/purchases/" + open.id(), "450.00");
        });

        account.payer().pay(session(1).path("id").asText());
        world.look.at(scope, open.id());
        later(Duration.ofMinutes(1));
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("540");
        assertThat(world.topUps.get(scope, customer).declines()).isZero();
        assertThat(world.mails).hasSize(1);
        assertThat(session(1).path("customer")).isEqualTo(session(0).path("customer"));
    }

    @Test
    void threeRefusalsEndItAndAStolenCardIsTriedOnce() {
        spend("460");
        cardIs("generic_decline");
        for (int often = 0; often < 5; often++) {
            later(Duration.ofHours(7));
        }
        assertThat(intents()).hasSize(4);
        assertThat(world.topUps.get(scope, customer).stopped()).isEqualTo(TopUpStop.DECLINED);

        world.topUps.put(
                scope,
                customer,
                new TopUpDraft(true, new BigDecimal("50"), bought, method.id(), 9, 20, false),
                OptionalLong.empty());
        cardIs("stolen_card");
        later(Duration.ofHours(25));
        later(Duration.ofHours(7));
        assertThat(intents()).hasSize(5);
        assertThat(world.topUps.get(scope, customer).stopped()).isEqualTo(TopUpStop.METHOD_UNUSABLE);
        assertThat(world.mails.stream().map(Mail::kind)).containsExactly("top-up-stopped", "top-up-stopped");
    }

    @Test
    void aCardThatStripeHasNoMoreMakesNoPaymentAndIsNotAskedForAgain() {
        spend("460");
        cardIs("gone");
        later(Duration.ofMinutes(1));
        later(Duration.ofHours(7));

        assertThat(intents()).hasSize(1);
        assertThat(world.topUps.get(scope, customer).stopped()).isEqualTo(TopUpStop.METHOD_UNUSABLE);
        assertThat(world.topUps.method(scope, method.id()).active()).isFalse();
    }

    @Test
    void thePayersPagesAtStripeAreOpenedForTheCustomerThatPaid() {
        assertThat(world.portals.manageable(List.of(method))).containsExactly(method.id());
        URI there = world.portals.visit(scope.only(customer), method.id());

        assertThat(account.all("billing_portal.session")).singleElement().satisfies(visit -> {
            assertThat(visit.path("customer")).isEqualTo(session(0).path("customer"));
            assertThat(visit.path("return_url").asText()).isEqualTo("http://" + World.HOST + ":8080/account");
            assertThat(there).isEqualTo(URI.create(visit.path("url").asText()));
        });
    }

    @Test
    void aCardThatIsRemovedIsDetachedAndAnOpenCheckoutIsStoppedAtStripe() {
        world.topUps.forget(scope, method.id());
        world.forgetting.run();
        assertThat(account.all("payment_method", card -> card.path("customer").isTextual()))
                .isEmpty();

        PurchaseId open = world.purchases.open(scope, customer, bought, STRIPE, false);
        world.purchases.checkout(scope, open);
        world.purchases.cancel(scope, open, Optional.of("changed my mind"));
        assertThat(world.purchases.cancelAtProvider(scope, open).state()).isEqualTo(PurchaseState.CANCELLED);
        assertThat(session(1).path("status").asText()).isEqualTo("expired");
    }
}
