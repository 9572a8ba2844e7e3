package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Limit;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewChanges;
import org.bursar.plans.PlanPreview;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes in the middle of a cycle cost. */
class ProrationDbTest {
    private static final Instant RENEWAL = Instant.parse("2026-02-28T10:00:00Z");
    private static final Instant NEXT = Instant.parse("2026-03-31T10:00:00Z");
    /** Half of the second cycle, which has 31 days. */
    private static final Instant HALF = Instant.parse("2026-03-15T22:00:00Z");

    private static TestDatabase postgres;
    private Shop shop;

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
        shop.plan("small", "100.00", BillingCycle.MONTH);
        shop.plan("large", "799.00", BillingCycle.MONTH);
        shop.plan("yearly", "9000.00", BillingCycle.YEAR);
    }

    /** In the middle of a cycle that was paid. */
    private CustomerId paid(String credit, String plan) {
        CustomerId customer = shop.subscriber(credit, plan);
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        shop.clock.set(HALF);
        return customer;
    }

    private Subscription choose(CustomerId customer, String plan, When when) {
        return shop.subscriptions.choose(shop.scope, customer, plan, when, OptionalLong.empty());
    }

    private PlanPreview preview(CustomerId customer, String plan, When when) {
        return shop.subscriptions.preview(shop.scope, customer, plan, when);
    }

    private List<String> entries() {
        EntryMapper entries = shop.database.mapper("plans", EntryMapper.class);
        return shop.database.transact(shop.scope, entries::prorations);
    }

    @Test
    void anUpgradeChargesTheRestAtTheNewPriceAndGivesBackTheOldOne() {
        CustomerId customer = paid("1000", "small");
        PlanPreview preview = preview(customer, "large", null);
        Subscription after = choose(customer, "large", null);
        assertThat(after.planKey()).isEqualTo("large");
        assertThat(shop.balance(customer)).isEqualByComparingTo("550.50");
        assertThat(entries()).containsExactly("-349.500000 large instead of small: charged 399.50, credited 50.00");
        assertThat(preview.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.amount()).isEqualByComparingTo("-349.5");
            assertThat(entry.reason()).isEqualTo("large instead of small: charged 399.50, credited 50.00");
        });
        assertThat(preview.available())
                .hasValueSatisfying(had -> assertThat(had).isEqualByComparingTo("900"));
        assertThat(preview.covered()).isTrue();
        assertThat(preview.effectiveAt()).isEqualTo(HALF);
        assertThat(preview.renewsAt()).isEqualTo(NEXT).isEqualTo(after.paidUntil());
        assertThat(preview.cycleFrom()).isEqualTo(RENEWAL).isEqualTo(after.cycleFrom());
        assertThat(preview.monthlyRecurringCost()).isEqualTo(after.monthlyRecurringCost());
        assertThat(preview.nextRenewal().amount()).isEqualByComparingTo("799");
        shop.pay(customer, "1000");
        shop.clock.set(NEXT);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("751.50");
    }

    @Test
    void choosingTheSameAgainCostsNothingMore() {
        CustomerId customer = paid("1000", "small");
        choose(customer, "large", null);
        choose(customer, "large", null);
        choose(customer, "large", When.NOW);
        assertThat(shop.balance(customer)).isEqualByComparingTo("550.50");
        assertThat(entries()).hasSize(1);
    }

    @Test
    void aDowngradeWaitsForTheCyclesEndUnlessItIsAskedForNow() {
        CustomerId customer = paid("1000", "large");
        assertThat(preview(customer, "small", null).when()).isEqualTo(When.CYCLE_END);
        assertThat(preview(customer, "small", null).effectiveAt()).isEqualTo(NEXT);
        Subscription waiting = choose(customer, "small", null);
        assertThat(waiting.planKey()).isEqualTo("large");
        assertThat(waiting.pendingPlan()).contains("small");
        assertThat(shop.balance(customer)).isEqualByComparingTo("201");
        Subscription now = choose(customer, "small", When.NOW);
        assertThat(now.pendingPlan()).isEmpty();
        assertThat(shop.balance(customer)).isEqualByComparingTo("550.50");
    }

    @Test
    void thePlanMaySayOtherwise() {
        NewPlanVersion terms = shop.terms("50.00", BillingCycle.MONTH);
        shop.plans.create(
                shop.scope,
                new NewPlan(
                        "loose",
                        "loose",
                        new NewPlanVersion(
                                terms.price(),
                                terms.cycle(),
                                terms.rates(),
                                terms.limits(),
                                new NewChanges(When.CYCLE_END, When.NOW),
                                null)));
        CustomerId customer = paid("1000", "small");
        assertThat(preview(customer, "loose", null).when()).isEqualTo(When.NOW);
        choose(customer, "loose", null);
        assertThat(shop.balance(customer)).isEqualByComparingTo("925");
        shop.plan("tiny", "10.00", BillingCycle.MONTH);
        choose(customer, "tiny", When.NOW);
        assertThat(preview(customer, "loose", null).when()).isEqualTo(When.CYCLE_END);
    }

    @Test
    void aWalletThatDoesNotCoverTheChangeIsRefusedAndNothingChanges() {
        CustomerId customer = paid("449.49", "small");
        long version = shop.subscription(customer).version();
        PlanPreview preview = preview(customer, "large", When.NOW);
        assertThat(preview.covered()).isFalse();
        assertThat(preview.available())
                .hasValueSatisfying(had -> assertThat(had).isEqualByComparingTo("349.49"));
        assertThatThrownBy(() -> choose(customer, "large", When.NOW))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code().code()).isEqualTo("insufficient_credits"));
        assertThat(shop.subscription(customer).planKey()).isEqualTo("small");
        assertThat(shop.subscription(customer).version()).isEqualTo(version);
        assertThat(shop.balance(customer)).isEqualByComparingTo("349.49");
        shop.pay(customer, "0.01");
        assertThat(choose(customer, "large", When.NOW).planKey()).isEqualTo("large");
        assertThat(shop.balance(customer)).isEqualByComparingTo("0");
    }

    @Test
    void changesOfManyNodesAtOnceAreEachChargedOnce() throws Exception {
        CustomerId customer = paid("5000", "small");
        AtomicInteger turn = new AtomicInteger();
        Together.run(8, () -> {
            for (int i = 0; i < 5; i++) {
                choose(customer, turn.getAndIncrement() % 2 == 0 ? "large" : "small", When.NOW);
            }
        });
        String expected = shop.subscription(customer).planKey().equals("large") ? "4550.50" : "4900";
        assertThat(shop.balance(customer)).isEqualByComparingTo(expected);
    }

    @Test
    void aChangeAndTheRenewalOfTheSameInstantChargeOnlyOnce() throws Exception {
        CustomerId customer = paid("3000", "small");
        shop.clock.set(NEXT);
        Together.each(4, thread -> {
            if (thread % 2 == 0) {
                shop.renewals().run();
            } else {
                choose(customer, "large", When.NOW);
            }
        });
        shop.renewals().run();
        assertThat(shop.balance(customer)).as("2900 less one month of large").isEqualByComparingTo("2101");
    }

    @Test
    void anotherLengthBeginsACycleThatIsPaidInAdvance() {
        CustomerId customer = paid("10000", "large");
        PlanPreview preview = preview(customer, "yearly", When.NOW);
        Subscription after = choose(customer, "yearly", When.NOW);
        assertThat(preview.newCycle()).isTrue();
        assertThat(preview.renewsAt()).isEqualTo(after.paidUntil()).isEqualTo("2027-03-15T22:00:00Z");
        assertThat(after.cycleFrom()).isEqualTo(HALF);
        assertThat(shop.balance(customer)).isEqualByComparingTo("600.50");
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("600.50");
        choose(customer, "large", When.NOW);
        assertThat(shop.balance(customer))
                .as("at once back: all of the year is given back")
                .isEqualByComparingTo("8801.50");
    }

    @Test
    void aFreeMonthIsNoFreeYear() {
        CustomerId customer = shop.subscriber("100", "large");
        assertThatThrownBy(() -> choose(customer, "yearly", When.NOW)).hasMessageContaining("insufficient_credits");
        shop.pay(customer, "8900");
        choose(customer, "yearly", When.NOW);
        assertThat(shop.balance(customer)).isEqualByComparingTo("0");
    }

    @Test
    void whoIsPastDueGetsRidOfNoDebtByChanging() {
        CustomerId customer = shop.subscriber("0", "large");
        shop.clock.set(HALF);
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(preview(customer, "yearly", When.NOW).effectiveAt()).isEqualTo(RENEWAL);
        choose(customer, "yearly", When.NOW);
        shop.renewals().run();
        assertThat(shop.subscription(customer).planKey()).isEqualTo("yearly");
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        shop.pay(customer, "9000");
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("0");
        assertThat(shop.subscription(customer).paidUntil()).isEqualTo("2027-02-28T10:00:00Z");
    }

    @Test
    void aPreviewWritesNothingAndIsForTheCustomersOwnEyesToo() {
        CustomerId customer = paid("1000", "small");
        CustomerId other = shop.subscriber("0", "small");
        int audited = shop.audited.size();
        Subscription before = shop.subscription(customer);
        assertThat(shop.subscriptions
                        .preview(shop.scope.only(customer), customer, "large", When.NOW)
                        .covered())
                .isTrue();
        assertThatThrownBy(() -> shop.subscriptions.preview(shop.scope.only(customer), other, "large", When.NOW))
                .hasMessageContaining("not_found");
        assertThat(shop.subscription(customer)).isEqualTo(before);
        assertThat(shop.audited).hasSize(audited);
        assertThat(entries()).isEmpty();
        CustomerId without = shop.customerWith("0");
        PlanPreview first = preview(without, "large", null);
        assertThat(first.entries()).isEmpty();
        assertThat(first.newCycle()).isTrue();
        assertThat(first.renewsAt()).isEqualTo("2026-04-15T22:00:00Z");
    }

    @Test
    void moreOfAnAddOnIsChargedForTheRestOfThePaidCycleAndLessIsGivenBack() {
        shop.addOn("concurrency", "9.00", Limit.CONCURRENCY, 1);
        CustomerId customer = shop.subscriber("1000", "small");
        shop.setAddOn(customer, "concurrency", "1");
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        assertThat(shop.balance(customer)).as("free before the renewal").isEqualByComparingTo("891");
        shop.clock.set(HALF);
        shop.setAddOn(customer, "concurrency", "11");
        shop.setAddOn(customer, "concurrency", "11");
        assertThat(shop.balance(customer)).isEqualByComparingTo("846");
        shop.setAddOn(customer, "concurrency", "3");
        assertThat(shop.balance(customer)).isEqualByComparingTo("882");
        assertThat(entries())
                .containsExactly(
                        "-45.000000 Extra concurrency: 11 instead of 1",
                        "36.000000 Extra concurrency: 3 instead of 11");
        BigDecimal before = shop.balance(customer);
        assertThatThrownBy(() -> shop.setAddOn(customer, "concurrency", "900"))
                .hasMessageContaining("insufficient_credits");
        assertThat(shop.balance(customer)).isEqualByComparingTo(before);
        assertThat(shop.subscription(customer).addOns().get(0).quantity()).isEqualTo(3);
        shop.clock.set(NEXT);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("755");
    }

    interface EntryMapper {
        @Select("select amount || ' ' || reason from credits.entry where kind = 6 order by seq")
        List<String> prorations();
    }
}
