package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.payments.whop.WhopGateway;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.SettingValue;
import org.bursar.testing.whop.FakeWhop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a plan that Whop collects every 30 days, with plans and wallets as they are. */
class WhopPlansDbTest {
    private static final String WHOP = "whop";
    private static final String KEY = "key-of-plans";
    private static final Duration PERIOD = Duration.ofDays(30);

    private FakeWhop whop;
    private FakeWhop.Books books;
    private World world;
    private Scope scope;
    private CustomerId customer;

    @BeforeEach
    void open() {
        whop = new FakeWhop(World.timeOf(() -> world));
        books = whop.account(KEY);
        books.live = true;
        world = new World(Map.of(WHOP, whop.base()), Duration.ofSeconds(10));
        world.queue.close();
        world.services.register(WHOP, new WhopGateway());
        scope = world.tenant();
        world.gateways.put(
                scope,
                WHOP,
                Map.of(
                        "accountId", new SettingValue.Text("biz_1"),
                        "apiKey", new SettingValue.Text(KEY),
                        "webhookSecret", new SettingValue.Text("ws_1")),
                OptionalLong.empty());
        customer = world.customer(scope);
        world.shelf.put(scope, "scale", "100.00");
    }

    @AfterEach
    void stop() {
        world.close();
        whop.close();
    }

    private PurchaseId taken() {
        PurchaseId id = world.purchases.openPlan(scope, customer, "scale", WHOP);
        assertThat(world.purchases.checkout(scope, id).next()).isInstanceOf(NextStep.Redirect.class);
        String link = String.valueOf(books.links.get(0).get("id"));
        whop.pay(books, link, "paid", "100.00", world.clock.instant());
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

    private Subscription subscription() {
        return world.shelf.subscriptions.find(scope, customer).orElseThrow();
    }

    private String membership() {
        return String.valueOf(books.memberships.get(0).get("id"));
    }

    private Map<String, Object> charged(String status) {
        return whop.renew(books, membership(), status, world.clock.instant());
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

    /** An object of an event's: a hint, which may come twice, late, or never. */
    private void hint(String kind, Object id) {
        Hint hint = Hint.of(PaymentRef.of(kind, String.valueOf(id)), Optional.empty());
        List<Hint> unclear = world.database
                .transact(scope, () -> world.hints.mark(scope, WHOP, List.of(hint)))
                .open();
        unclear.forEach(one -> world.hints.find(scope, WHOP, one, 1));
    }

    @Test
    void aPlanThatIsPaidBeginsAndItsPriceIsTakenOnce() {
        PurchaseId first = taken();
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscription().collection()).contains(new Subscription.Collection(first, false));
        assertThat(balance()).isEqualByComparingTo("0");
        assertThat(world.entries(scope, customer)).isEqualTo(2);
        assertThat(purchases())
                .singleElement()
                .satisfies(one -> assertThat(one.alert()).isNull());
    }

    @Test
    void aChargeIsHintedByItsEventAndPaysTheNextCycleWhenThatIsDue() {
        taken();
        Instant due = subscription().paidUntil();
        world.clock.advance(PERIOD);
        Map<String, Object> charge = charged("paid");
        hint("payment", charge.get("id"));
        everything();
        assertThat(purchases()).hasSize(2).allMatch(one -> one.state() == PurchaseState.APPROVED);

        world.clock.set(due.plusSeconds(60));
        everything();
        assertThat(subscription().paidUntil()).isAfter(due);
        assertThat(balance()).isEqualByComparingTo("0");
        assertThat(world.entries(scope, customer)).isEqualTo(4);
    }

    /** Events doubled, in any order and lost, between jobs in any order: each charge is one purchase, each cycle one renewal. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void howeverItIsToldEachChargeIsCreditedOnce(long seed) {
        Random dice = new Random(seed);
        PurchaseId first = taken();
        int charges = 3;
        for (int charge = 0; charge < charges; charge++) {
            world.clock.advance(PERIOD);
            Map<String, Object> payment = charged(dice.nextBoolean() ? "paid" : "open");
            // Whop's types leave open whether a later payment names the checkout
            if (dice.nextBoolean()) {
                payment.put("checkout_configuration_id", null);
            }
            boolean declined = payment.get("status").equals("open");
            if (declined) {
                payment.put("payments_failed", 1);
            }
            stir(dice, first, payment);
            if (declined) {
                payment.put("status", "paid");
                payment.put("paid_at", world.clock.instant().toString());
                stir(dice, first, payment);
            }
            later(SaleLooks.USUAL.plusMinutes(1));
            later(Duration.ofHours(25));
        }
        world.clock.set(subscription().paidUntil().plusSeconds(60));
        everything();

        assertThat(purchases()).hasSize(1 + charges).allMatch(one -> one.state() == PurchaseState.APPROVED);
        assertThat(purchases()).allMatch(one -> one.alert() == null);
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        long credited = (1L + charges) * 100;
        long renewals = world.entries(scope, customer) - (1 + charges);
        assertThat(balance()).isEqualByComparingTo(BigDecimal.valueOf(credited - 100 * renewals));
    }

    private void stir(Random dice, PurchaseId first, Map<String, Object> payment) {
        List<Runnable> steps = new ArrayList<>(List.of(
                world.planPayments::run,
                world.reconciliation::run,
                world.shelf.renewals::run,
                world.planPayments::run,
                () -> world.look.at(scope, first)));
        for (int often = dice.nextInt(3); often > 0; often--) {
            steps.add(() -> hint("payment", payment.get("id")));
            steps.add(() -> hint("membership", membership()));
        }
        Collections.shuffle(steps, dice);
        steps.forEach(Runnable::run);
    }

    @Test
    void aDeclinedChargeIsPastDueAndServedAgainOnceWhopHasCollected() {
        taken();
        Instant due = subscription().paidUntil();
        world.clock.advance(PERIOD);
        Map<String, Object> charge = charged("open");
        charge.put("payments_failed", 1);
        hint("payment", charge.get("id"));
        everything();
        world.clock.set(due.plusSeconds(60));
        everything();
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.PAST_DUE);

        charge.put("status", "paid");
        charge.put("paid_at", world.clock.instant().toString());
        hint("payment", charge.get("id"));
        everything();
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(balance()).isEqualByComparingTo("0");
    }

    @Test
    void whatEndsAtWhopEndsHereWithWhatIsPaid() {
        taken();
        books.memberships.get(0).put("status", "canceled");
        hint("membership", membership());
        everything();
        assertThat(subscription().cancelAtEnd()).isTrue();
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscription().collection()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOW", "CYCLE_END"})
    void whatEndsHereIsChargedNoMoreAtWhop(When when) {
        taken();
        world.shelf.subscriptions.cancel(scope, customer, when);
        everything();
        assertThat(books.memberships.get(0)).containsEntry("status", "canceled");
        later(Duration.ofDays(40));
        assertThat(subscription().status()).isEqualTo(SubscriptionStatus.CANCELLED);
        assertThat(purchases()).hasSize(1);
    }

    @Test
    void aKeyThatCannotReadMembershipsSellsNoPlan() {
        books.members = false;
        PurchaseId id = world.purchases.openPlan(scope, customer, "scale", WHOP);
        assertThat(world.purchases.checkout(scope, id).next()).as("it is over").isNull();
        assertThat(books.links).isEmpty();
    }
}
