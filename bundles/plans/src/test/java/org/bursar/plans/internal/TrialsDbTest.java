package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.ibatis.annotations.Select;
import org.bursar.customers.AccessReason;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Meter;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.PlanPreview;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a subscription begins with a trial, and what becomes of one that is not paid. */
class TrialsDbTest {
    private static final Instant END = Instant.parse("2026-02-14T10:00:00Z");

    private static TestDatabase postgres;
    private Shop shop;
    private Meter minutes;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void plans() {
        shop = new Shop(postgres);
        minutes = shop.meter("voice-minutes", "0");
        plan("trial", "100.00", BillingCycle.MONTH, 14, 7);
    }

    private void plan(String key, String price, BillingCycle cycle, Integer trial, Integer grace) {
        NewPlanVersion terms = shop.terms(price, cycle, Shop.perUnit("voice-minutes", "500", "0.10"));
        shop.plans.create(
                shop.scope,
                new NewPlan(
                        key,
                        key,
                        new NewPlanVersion(
                                terms.price(),
                                terms.cycle(),
                                terms.rates(),
                                terms.limits(),
                                null,
                                new NewPayment(trial, grace, null))));
    }

    private Optional<String> refusal(CustomerId customer) {
        return shop.facts.refusal(shop.scope, customer, Optional.empty()).map(AccessReason::code);
    }

    @Test
    void aTrialIsServedAndNotChargedAndItsFirstCycleIs() {
        CustomerId customer = shop.subscriber("150", "trial");
        Subscription trial = shop.subscription(customer);
        assertThat(trial.status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(trial.paidUntil()).isEqualTo(END).isEqualTo(trial.cycleTo());
        assertThat(refusal(customer)).isEmpty();
        Map<String, Object> facts =
                shop.facts.facts(shop.scope, List.of(customer)).get(customer);
        assertThat(facts).containsEntry("subscriptionStatus", "trialing");
        assertThat(shop.use(customer, minutes, "600").charge())
                .as("usage is charged as ever")
                .isEqualByComparingTo("10");
        shop.clock.set(END.minusSeconds(1));
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(shop.balance(customer)).isEqualByComparingTo("150");
        shop.clock.set(END);
        shop.renewals().run();
        Subscription first = shop.subscription(customer);
        assertThat(first.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(first.cycleFrom()).isEqualTo(END);
        assertThat(first.paidUntil()).isEqualTo("2026-03-14T10:00:00Z");
        assertThat(shop.balance(customer)).isEqualByComparingTo("50");
        assertThat(shop.use(customer, minutes, "500").charge())
                .as("the first cycle has what is included anew")
                .isEqualByComparingTo("0");
    }

    @Test
    void manyNodesThatEndATrialAtOnceChargeOnce() throws Exception {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            customers.add(shop.subscriber("1000", "trial"));
        }
        shop.clock.set(END.plus(Duration.ofDays(1)));
        Together.run(4, () -> shop.renewals().run());
        for (CustomerId customer : customers) {
            assertThat(shop.balance(customer)).isEqualByComparingTo("900");
            assertThat(shop.subscription(customer).paidUntil()).isEqualTo("2026-03-14T10:00:00Z");
        }
    }

    @Test
    void aTrialThatCannotBePaidIsPastDueAndServedForItsDaysOfGrace() {
        CustomerId customer = shop.subscriber("10", "trial");
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        shop.clock.set(END.plus(Duration.ofDays(7)).minusSeconds(1));
        shop.renewals().run();
        assertThat(refusal(customer)).isEmpty();
        shop.clock.set(END.plus(Duration.ofDays(7)));
        shop.renewals().run();
        shop.renewals().run();
        assertThat(refusal(customer)).contains("subscription_past_due");
        Subscription stopped = shop.subscription(customer);
        assertThat(stopped.status()).isEqualTo(SubscriptionStatus.LOCKED);
        assertThat(stopped.lock().orElseThrow().by()).isEqualTo("system");
        assertThat(shop.audited).containsOnlyOnce("subscription.stop-unpaid");
        assertThat(status(customer)).isEqualTo("LOCKED");
        assertThatThrownBy(() -> shop.subscriptions.unlock(shop.scope, customer))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("wrong_status");
        shop.pay(customer, "100");
        shop.renewals().run();
        assertThat(refusal(customer)).isEmpty();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.subscription(customer).lock()).isEmpty();
        assertThat(shop.balance(customer)).isEqualByComparingTo("10");
    }

    private String status(CustomerId customer) {
        StatusMapper views = shop.database.mapper("plans", StatusMapper.class);
        return shop.database.transact(shop.scope, () -> views.reported(customer));
    }

    @Test
    void theCustomersOfAStateAreThoseWhoseFactsSayIt() {
        List<CustomerId> customers = new ArrayList<>();
        customers.add(shop.subscriber("0", "trial")); // overdue in the end
        customers.add(shop.subscriber("1000", "trial"));
        customers.add(shop.subscriber("1000", "trial"));
        shop.clock.advance(Duration.ofDays(7));
        customers.add(shop.subscriber("0", "trial")); // past due
        customers.add(shop.subscriber("0", "trial"));
        shop.subscriptions.lock(shop.scope, customers.get(4), "abuse");
        shop.clock.set(END.plus(Duration.ofDays(7)));
        customers.add(shop.subscriber("0", "trial"));
        customers.add(shop.subscriber("0", "trial"));
        shop.subscriptions.cancel(shop.scope, customers.get(6), When.NOW);
        shop.renewals().run();
        shop.renewals().run();

        Map<String, List<CustomerId>> states = new HashMap<>(shop.facts.restricted(shop.scope, 10));
        assertThat(states.keySet()).isEqualTo(Set.of("trialing", "past_due", "cancelled", "locked"));
        states.put("active", shop.facts.active(shop.scope, 10));
        Map<CustomerId, Map<String, Object>> facts = shop.facts.facts(shop.scope, customers);
        states.forEach((state, those) -> assertThat(those)
                .as(state)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(customers.stream()
                        .filter(one -> facts.get(one).get("subscriptionStatus").equals(state))
                        .toList()));
        assertThat(states.get("locked")).hasSize(2).contains(customers.get(0));
        assertThat(shop.facts.restricted(shop.scope, 1).get("locked")).hasSize(1);
        assertThat(shop.facts.active(shop.scope, 1)).hasSize(1);
        assertThat(shop.facts.restricted(shop.scope.only(customers.get(0)), 10))
                .isEqualTo(Map.of("locked", List.of(customers.get(0))));
        assertThat(shop.facts.active(shop.scope.only(customers.get(0)), 10)).isEmpty();
        Shop foreign = new Shop(postgres);
        assertThat(foreign.facts.restricted(foreign.scope, 10)).isEmpty();
        assertThat(foreign.facts.active(foreign.scope, 10)).isEmpty();
    }

    @Test
    void whatAPersonLockedOnlyAPersonUnlocks() {
        CustomerId customer = shop.subscriber("0", "trial");
        shop.clock.set(END.plus(Duration.ofDays(8)));
        shop.renewals().run();
        shop.subscriptions.lock(shop.scope, customer, "abuse");
        assertThat(refusal(customer)).contains("subscription_locked");
        shop.pay(customer, "100");
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("0");
        assertThat(refusal(customer)).contains("subscription_locked");
        assertThat(shop.subscription(customer).lock().orElseThrow().reason()).isEqualTo("abuse");
        shop.subscriptions.unlock(shop.scope, customer);
        assertThat(refusal(customer)).isEmpty();
    }

    @Test
    void whoIsUnlockedWhileUnpaidIsStillNotServed() {
        CustomerId customer = shop.subscriber("0", "trial");
        shop.subscriptions.lock(shop.scope, customer, "abuse");
        shop.clock.set(END.plus(Duration.ofDays(8)));
        shop.renewals().run();
        shop.subscriptions.unlock(shop.scope, customer);
        assertThat(refusal(customer)).contains("subscription_past_due");
    }

    @Test
    void anotherPlanBringsItsOwnGrace() {
        plan("patient", "100.00", BillingCycle.MONTH, null, null);
        plan("strict", "100.00", BillingCycle.MONTH, null, 0);
        CustomerId customer = shop.subscriber("0", "trial");
        shop.clock.set(END.plus(Duration.ofDays(8)));
        shop.renewals().run();
        shop.choose(customer, "patient");
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(refusal(customer)).isEmpty();
        shop.choose(customer, "strict");
        shop.renewals().run();
        assertThat(refusal(customer)).contains("subscription_past_due");
    }

    @Test
    void aPlanChosenInATrialCostsNothingBeforeItsEnd() {
        plan("large", "799.00", BillingCycle.MONTH, null, null);
        plan("yearly", "900.00", BillingCycle.YEAR, 30, null);
        CustomerId customer = shop.subscriber("1000", "trial");
        shop.clock.advance(Duration.ofDays(3));
        PlanPreview preview = shop.subscriptions.preview(shop.scope, customer, "large", null);
        assertThat(preview.entries()).isEmpty();
        assertThat(preview.renewsAt()).isEqualTo(END);
        assertThat(preview.nextRenewal().amount()).isEqualByComparingTo("799");
        shop.choose(customer, "large");
        Subscription yearly = shop.choose(customer, "yearly");
        assertThat(yearly.status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(yearly.paidUntil()).isEqualTo(END);
        assertThat(shop.balance(customer)).isEqualByComparingTo("1000");
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("100");
        assertThat(shop.subscription(customer).paidUntil()).isEqualTo("2027-02-14T10:00:00Z");
    }

    @Test
    void whatWasAgreedForTheTrialsEndHappensThen() {
        plan("small", "10.00", BillingCycle.MONTH, null, null);
        CustomerId leaves = shop.subscriber("1000", "trial");
        CustomerId stays = shop.subscriber("1000", "trial");
        shop.subscriptions.cancel(shop.scope, leaves, When.CYCLE_END);
        shop.subscriptions.choose(shop.scope, stays, "small", null, OptionalLong.empty());
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.subscription(leaves).status()).isEqualTo(SubscriptionStatus.CANCELLED);
        assertThat(shop.balance(leaves)).isEqualByComparingTo("1000");
        assertThat(shop.subscription(stays).planKey()).isEqualTo("small");
        assertThat(shop.subscription(stays).paidUntil()).isEqualTo("2026-03-14T10:00:00Z");
        assertThat(shop.balance(stays)).isEqualByComparingTo("990");
    }

    @Test
    void daysAreWholeAndNotTooMany() {
        assertThatThrownBy(() -> plan("odd", "1", BillingCycle.MONTH, -1, 367))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors())
                                .extracting(error -> error.pointer())
                                .containsExactly("/trialDays", "/graceDays"));
    }

    interface StatusMapper {
        @Select("select status from plans.subscription_report where customer_id = #{customer}")
        String reported(CustomerId customer);
    }
}
