package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.payments.stripe.StripeGateway;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.SettingValue;
import org.bursar.testing.stripe.FakeStripe;
import org.bursar.testing.stripe.Fault;
import org.bursar.testing.stripe.StripeAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a plan that Stripe collects, from its checkout over renewals and declines to its end, with plans and wallets as they are. */
class StripePlansDbTest {
    private static final String STRIPE = "stripe";
    private static final String KEY = "sk_live_plans";

    private FakeStripe stripe;
    private StripeAccount account;
    private World world;
    private Scope scope;
    private CustomerId customer;

    @BeforeEach
    void open() {
        stripe = FakeStripe.start(World.timeOf(() -> world));
        world = new World(Map.of(STRIPE, stripe.uri()), Duration.ofSeconds(10));
        world.queue.close();
        account = stripe.account(KEY);
        world.services.register(STRIPE, new StripeGateway());
        scope = world.tenant();
        world.gateways.put(scope, STRIPE, Map.of("secretKey", new SettingValue.Text(KEY)), OptionalLong.empty());
        customer = world.customer(scope);
        world.shelf.put(scope, "scale", "100.00");
        world.shelf.put(scope, "large", "200.00");
    }

    @AfterEach
    void stop() {
        world.close();
        stripe.close();
    }

    private PurchaseId take(String plan) {
        PurchaseId id = world.purchases.openPlan(scope, customer, plan, STRIPE);
        assertThat(world.purchases.checkout(scope, id).next()).isInstanceOf(NextStep.Redirect.class);
        return id;
    }

    /** The payer pays in the newest checkout, and everything that runs by itself does. */
    private PurchaseId taken(String plan) {
        PurchaseId id = take(plan);
        List<ObjectNode> sessions = account.all("checkout.session");
        account.payer().pay(sessions.get(sessions.size() - 1).path("id").asText());
        world.look.at(scope, id);
        everything();
        return id;
    }

    private void everything() {
        for (int often = 0; often < 3; often++) {
            world.planPayments.run();
            world.reconciliation.run();
            world.shelf.renewals.run();
        }
    }

    private void later(Duration time) {
        world.clock.advance(time);
        everything();
    }

    private void aMonthLater() {
        world.clock.set(subscription().paidUntil());
    }

    private Subscription subscription() {
        return world.shelf.subscriptions.find(scope, customer).orElseThrow();
    }

    private String atStripe(int number) {
        return account.all("subscription").get(number).path("id").asText();
    }

    private List<Purchase> purchases() {
        return world.purchases
                .list(
                        scope,
                        new PurchaseFilter(Optional.of(customer), Optional.empty(), Optional.empty()),
                        Page.Request.first())
                .items();
    }

    private BigDecimal balance() {
        return world.balance(scope, customer);
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code().code()).isEqualTo(code));
    }

    /** An event's object as a webhook names it: a hint, which may come twice, late, or never. */
    private void hint(String kind, String id) {
        Hint hint = Hint.of(PaymentRef.of(kind, id), Optional.empty());
        List<Hint> unclear = world.database
                .transact(scope, () -> world.hints.mark(scope, STRIPE, List.of(hint)))
                .open();
        unclear.forEach(one -> world.hints.find(scope, STRIPE, one, 1));
    }

    @Test
    void aPlanThatIsPaidBeginsAndItsPriceIsTakenOnce() {
        PurchaseId first = taken("scale");

        Subscription held = subscription();
        assertThat(held.planKey()).isEqualTo("scale");
        assertThat(held.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(held.paidUntil()).isEqualTo(Instant.parse("2026-12-21T10:00:00Z"));
        assertThat(held.collection()).contains(new Subscription.Collection(first, false));
        assertThat(balance()).isEqualByComparingTo("0");
        assertThat(world.entries(scope, customer)).isEqualTo(2);
        assertThat(account.all("checkout.session").get(0).path("mode").asText()).isEqualTo("subscription");
        assertThat(purchases()).singleElement().satisfies(purchase -> {
            assertThat(purchase.packageId()).isNull();
            assertThat(purchase.planPurchase()).isEqualTo(first);
        });
    }

    @Test
    void aLostAnswerMakesOneCheckout() {
        PurchaseId id = world.purchases.openPlan(scope, customer, "scale", STRIPE);
        stripe.trapNext("POST /v1/checkout/sessions", new Fault.Dropped());
        assertThat(world.purchases.checkout(scope, id).state()).isEqualTo(PurchaseState.CREATED);
        world.clock.advance(Duration.ofMinutes(2));
        world.reconciliation.run();

        assertThat(account.all("checkout.session")).hasSize(1);
        assertThat(world.purchases.get(scope, id).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
    }

    @Test
    void aRenewalWaitsForStripeAndIsPaidByWhatStripeCharged() {
        taken("scale");
        aMonthLater();
        everything();
        assertThat(subscription().status()).as("Stripe charges later").isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(world.entries(scope, customer)).isEqualTo(2);

        ObjectNode invoice = account.payer().renew(atStripe(0));
        hint("invoice", invoice.path("id").asText());
        everything();

        assertThat(subscription().paidUntil()).isEqualTo(Instant.parse("2027-01-21T10:00:00Z"));
        assertThat(balance()).isEqualByComparingTo("0");
        assertThat(purchases()).hasSize(2).allMatch(one -> one.state() == PurchaseState.APPROVED);
        assertThat(world.entries(scope, customer)).isEqualTo(4);
    }

    /** Events doubled, in any order and lost, between jobs in any order: each cycle is one purchase and one renewal. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void howeverItIsToldEachCycleIsPaidOnce(long seed) {
        Random dice = new Random(seed);
        taken("scale");
        int cycles = 3;
        for (int cycle = 0; cycle < cycles; cycle++) {
            aMonthLater();
            boolean declined = dice.nextBoolean();
            ObjectNode invoice = declined
                    ? account.payer().renewalDeclined(atStripe(0), "generic_decline")
                    : account.payer().renew(atStripe(0));
            stir(dice);
            if (declined) {
                account.payer().collected(invoice.path("id").asText());
                stir(dice);
            }
            // whatever was lost is found by looking
            later(SaleLooks.USUAL.plusMinutes(1));
            later(Duration.ofHours(25));
        }

        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscription().paidUntil()).isEqualTo(Instant.parse("2027-03-21T10:00:00Z"));
        assertThat(purchases()).hasSize(1 + cycles).allMatch(one -> one.state() == PurchaseState.APPROVED);
        assertThat(balance()).isEqualByComparingTo("0");
        assertThat(world.entries(scope, customer)).isEqualTo(2 + 2 * cycles);
    }

    private void stir(Random dice) {
        List<Runnable> steps = new ArrayList<>(List.of(
                world.planPayments::run,
                world.reconciliation::run,
                world.shelf.renewals::run,
                world.planPayments::run));
        for (ObjectNode event : account.events()) {
            ObjectNode object = (ObjectNode) event.path("data").path("object");
            for (int often = dice.nextInt(3); often > 0; often--) {
                steps.add(() ->
                        hint(object.path("object").asText(), object.path("id").asText()));
            }
        }
        Collections.shuffle(steps, dice);
        steps.forEach(Runnable::run);
    }

    @Test
    void periodsWhoseEventsWereLostForMonthsAreAllFound() {
        taken("scale");
        Instant first = subscription().paidUntil();
        account.payer().renew(atStripe(0));
        account.payer().renew(atStripe(0));
        world.clock.set(first.plus(Duration.ofDays(40)));
        everything();

        assertThat(purchases()).hasSize(3);
        assertThat(subscription().paidUntil()).isEqualTo(Instant.parse("2027-02-21T10:00:00Z"));
        assertThat(balance()).isEqualByComparingTo("0");
    }

    @Test
    void aDeclinedCardIsPastDueThenLockedAndServedAgainOnceStripeHasCollected() {
        taken("scale");
        aMonthLater();
        ObjectNode invoice = account.payer().renewalDeclined(atStripe(0), "insufficient_funds");
        hint("invoice", invoice.path("id").asText());
        everything();
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(subscription().collection().orElseThrow().failing()).isTrue();

        later(Duration.ofDays(3).plusMinutes(1));
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.LOCKED);

        account.payer().collected(invoice.path("id").asText());
        hint("invoice", invoice.path("id").asText());
        everything();
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscription().collection().orElseThrow().failing()).isFalse();
        assertThat(subscription().paidUntil()).isEqualTo(Instant.parse("2027-01-21T10:00:00Z"));
        assertThat(balance()).isEqualByComparingTo("0");
        assertThat(purchases()).hasSize(2);
    }

    @Test
    void whatStripeNeverChargesIsPastDueAfterSomeDaysToo() {
        taken("scale");
        aMonthLater();
        later(Duration.ofDays(3).minusMinutes(1));
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        later(Duration.ofMinutes(2));
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.LOCKED);
    }

    @Test
    void whatEndsAtStripeEndsHereWithWhatIsPaid() {
        taken("scale");
        account.payer().endSubscription(atStripe(0));
        hint("subscription", atStripe(0));
        everything();
        assertThat(subscription().cancelAtEnd()).isTrue();
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscription().collection()).isEmpty();

        aMonthLater();
        everything();
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.CANCELLED);
        assertThat(balance()).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOW", "CYCLE_END"})
    void whatEndsHereIsChargedNoMoreAtStripe(When when) {
        taken("scale");
        world.shelf.subscriptions.cancel(scope, customer, when);
        stripe.trapNext("DELETE /v1/subscriptions/{id}", new Fault.Dropped());
        everything();
        later(Duration.ofMinutes(2));
        assertThat(account.all("subscription").get(0).path("status").asText()).isEqualTo("canceled");
        assertThat(subscription().collection()).isEmpty();
        later(Duration.ofDays(40));
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.CANCELLED);
        assertThat(purchases()).hasSize(1);
    }

    @Test
    void anotherPlanTakesThePlaceOfTheFirst() {
        taken("scale");
        world.clock.advance(Duration.ofDays(15));
        PurchaseId second = taken("large");

        assertThat(subscription().planKey()).isEqualTo("large");
        assertThat(subscription().collection()).contains(new Subscription.Collection(second, false));
        assertThat(balance()).as("half of the first").isEqualByComparingTo("50");
        assertThat(account.all("subscription").stream()
                        .map(one -> one.path("status").asText())
                        .toList())
                .containsExactly("canceled", "active");
        assertThat(subscription().cancelAtEnd()).isFalse();
    }

    @Test
    void moneyThatWentBackBeforeThePlanBeganBeginsNone() {
        PurchaseId id = take("scale");
        account.payer().pay(account.all("checkout.session").get(0).path("id").asText());
        world.look.at(scope, id);
        world.refunds.execute(scope, world.refunds.plan(scope, id, Optional.empty(), "changed my mind"));
        world.look.at(scope, id);
        everything();

        assertThat(world.shelf.subscriptions.find(scope, customer)).isEmpty();
        assertThat(balance()).isEqualByComparingTo("0");
        assertThat(account.all("subscription").get(0).path("status").asText()).isEqualTo("canceled");
    }

    @Test
    void whatCannotBeStoppedIsToldToPeople() {
        PurchaseId id = taken("scale");
        world.shelf.subscriptions.cancel(scope, customer, When.NOW);
        for (int often = 0; often < 3; often++) {
            stripe.trapNext("GET /v1/subscriptions/{id}", new Fault.Failed());
            later(Duration.ofHours(1));
        }
        assertThat(world.purchases.get(scope, id).alert()).contains("still to be told to charge no longer");
    }

    @Test
    void whoOwesMoreThanThePriceCoversPaysWithTheWallet() {
        world.database.run(
                scope,
                () -> world.ledger.post(
                        scope,
                        List.of(new Posting(
                                customer,
                                new BigDecimal("-30"),
                                EntryKind.USAGE,
                                Optional.empty(),
                                Optional.empty(),
                                UUID.randomUUID(),
                                false))));
        taken("scale");
        assertThat(balance()).isEqualByComparingTo("70");
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        world.buy(scope, customer, World.DEPOSIT);
        Purchase credit = purchases().get(0);
        world.purchases.approve(scope, credit.id(), credit.price(), Optional.empty());
        everything();
        assertThat(balance()).isEqualByComparingTo("470");
        assertThat(subscription().paidUntil()).isEqualTo(Instant.parse("2026-12-21T10:00:00Z"));
    }

    @Test
    void whatCannotBeCollectedIsRefusedBeforeAnybodyPays() {
        refused("invalid", () -> world.purchases.openPlan(scope, customer, "scale", World.DEPOSIT));
        refused("invalid", () -> world.purchases.openPlan(scope, customer, "nothing", STRIPE));
        world.shelf.put(scope, "free", "0");
        refused("invalid", () -> world.purchases.openPlan(scope, customer, "free", STRIPE));
        world.sandboxes.add(scope.tenant());
        refused("wrong_status", () -> world.purchases.openPlan(scope, customer, "scale", STRIPE));
        world.sandboxes.clear();
        taken("scale");
        refused("plan_collected", () -> world.purchases.openPlan(scope, customer, "scale", STRIPE));
        assertThat(purchases()).hasSize(1);
    }

    @Test
    void aCustomersOwnPeoplePayForThePlanThatTheyHaveAndForNoOther() {
        Scope own = scope.only(customer);
        refused("forbidden", () -> world.purchases.openPlan(own, customer, "scale", STRIPE));
        world.shelf.subscriptions.choose(scope, customer, "scale", When.NOW, OptionalLong.empty());
        refused("forbidden", () -> world.purchases.openPlan(own, customer, "large", STRIPE));
        refused("not_found", () -> world.purchases.openPlan(own, world.customer(scope), "scale", STRIPE));

        PurchaseId id = world.purchases.openPlan(own, customer, "scale", STRIPE);
        assertThat(world.purchases.checkout(own, id).next()).isInstanceOf(NextStep.Redirect.class);
    }
}
