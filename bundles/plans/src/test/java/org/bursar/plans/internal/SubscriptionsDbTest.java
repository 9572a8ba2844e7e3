package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Meter;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.Usage;
import org.bursar.plans.UsageCycle;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionsDbTest {
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
    void plan() {
        shop = new Shop(postgres);
        minutes = shop.meter("voice-minutes", "0.031");
        shop.plan("scale", "799.00", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "500", "0.085"));
    }

    @Test
    void theFirstCycleIsNotChargedAndTheRenewalIs() {
        CustomerId customer = shop.subscriber("1000", "scale");
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("1000");
        shop.clock.set(Instant.parse("2026-02-28T10:00:00Z"));
        shop.renewals().run();
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("201");
        assertThat(shop.subscription(customer).paidUntil()).isEqualTo("2026-03-31T10:00:00Z");
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void aDeletedCustomerIsNotRenewed() {
        CustomerId customer = shop.subscriber("1000", "scale");
        shop.delete(customer);
        shop.clock.set(Instant.parse("2026-03-01T00:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("1000");
    }

    @Test
    void manyNodesAtOnceRenewOnce() throws Exception {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            customers.add(shop.subscriber("2000", "scale"));
        }
        shop.clock.set(Instant.parse("2026-03-01T00:00:00Z"));
        together(4, () -> shop.renewals().run());
        for (CustomerId customer : customers) {
            assertThat(shop.balance(customer)).isEqualByComparingTo("1201");
        }
    }

    @Test
    void aClockThatWasADayAheadRenewsOnce() {
        CustomerId customer = shop.subscriber("2000", "scale");
        shop.clock.set(Instant.parse("2026-03-01T10:00:00Z"));
        shop.renewals().run();
        shop.clock.set(Instant.parse("2026-02-28T09:00:00Z"));
        shop.renewals().run();
        shop.clock.set(Instant.parse("2026-02-28T11:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("1201");
    }

    @Test
    void aWalletWithTooLittlePostsNothingAndIsPastDueUntilItIsPaid() {
        CustomerId customer = shop.subscriber("100", "scale");
        shop.clock.set(Instant.parse("2026-03-01T00:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("100");
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(shop.facts.refusal(shop.scope, customer, Optional.empty())).isEmpty();
        shop.renewals().run();
        assertThat(shop.audited).containsOnlyOnce("subscription.past-due");
        shop.pay(customer, "700");
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("1");
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void whoOwesTwoCyclesIsPastDueUntilBothArePaid() {
        CustomerId customer = shop.subscriber("0", "scale");
        shop.clock.set(Instant.parse("2026-04-01T00:00:00Z"));
        shop.renewals().run();
        shop.pay(customer, "800");
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("1");
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        shop.pay(customer, "800");
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("2");
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void aLockRefusesAtOnceAndUnlockingBringsBackWhatWas() {
        CustomerId customer = shop.subscriber("0", "scale");
        shop.clock.set(Instant.parse("2026-03-01T00:00:00Z"));
        shop.renewals().run();
        shop.subscriptions.lock(shop.scope, customer, "invoice 12 unpaid");
        assertThat(shop.facts
                        .refusal(shop.scope, customer, Optional.empty())
                        .orElseThrow()
                        .code())
                .isEqualTo("subscription_locked");
        assertThat(shop.subscription(customer).lock().orElseThrow().by()).isEqualTo("Mara");
        shop.subscriptions.unlock(shop.scope, customer);
        assertThat(shop.facts.refusal(shop.scope, customer, Optional.empty())).isEmpty();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
    }

    @Test
    void aLockNeedsAReason() {
        CustomerId customer = shop.subscriber("0", "scale");
        assertThat(pointers(() -> shop.subscriptions.lock(shop.scope, customer, " ")))
                .containsExactly("/reason");
    }

    @Test
    void anUnknownPlanIsRefusedAtPlan() {
        CustomerId customer = shop.customerWith("0");
        assertThat(pointers(() ->
                        shop.database.run(shop.scope, () -> shop.part.created(shop.scope, customer, Optional.of("x")))))
                .containsExactly("/plan");
        assertThat(shop.subscriptions.find(shop.scope, customer)).isEmpty();
    }

    @Test
    void factsNameThePlanAndAreNullWithout() {
        CustomerId with = shop.subscriber("0", "scale");
        CustomerId without = shop.customerWith("0");
        Map<CustomerId, Map<String, Object>> facts = shop.facts.facts(shop.scope, List.of(with, without));
        assertThat(facts.get(with)).containsEntry("plan", "scale").containsEntry("subscriptionStatus", "active");
        assertThat(facts.get(without)).containsEntry("plan", null).containsEntry("subscriptionStatus", null);
        assertThat(shop.facts.seats(shop.scope, with)).isEqualTo(OptionalInt.of(25));
        assertThat(shop.facts.seats(shop.scope, without)).isEmpty();
    }

    @Test
    void anotherPlanNowPricesOnlyLaterUsageAndTheNextRenewal() {
        shop.plan("large", "100.00", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "1000", "0.05"));
        CustomerId customer = shop.subscriber("1000", "scale");
        assertThat(shop.use(customer, minutes, "600").charge()).isEqualByComparingTo("8.5");
        shop.clock.advance(Duration.ofDays(1));
        shop.choose(customer, "large");
        assertThat(shop.use(customer, minutes, "500").charge()).isEqualByComparingTo("5");
        assertThat(shop.use(customer, minutes, "10", shop.clock.instant().minusSeconds(1))
                        .charge())
                .as("usage of before the change is priced by the plan of then")
                .isEqualByComparingTo("0.85");
        shop.clock.set(Instant.parse("2026-03-01T00:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("900");
    }

    @Test
    void aPlanForTheCyclesEndWaitsForIt() {
        shop.plan("small", "10.00", BillingCycle.YEAR);
        CustomerId customer = shop.subscriber("1000", "scale");
        shop.subscriptions.choose(shop.scope, customer, "small", When.CYCLE_END, OptionalLong.empty());
        assertThat(shop.subscription(customer).planKey()).isEqualTo("scale");
        assertThat(shop.subscription(customer).pendingPlan()).contains("small");
        shop.clock.set(Instant.parse("2026-02-28T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.subscription(customer).planKey()).isEqualTo("small");
        assertThat(shop.subscription(customer).paidUntil()).isEqualTo("2027-02-28T10:00:00Z");
        assertThat(shop.balance(customer)).isEqualByComparingTo("990");
    }

    @Test
    void aCancelledSubscriptionIsRefusedAndNotRenewedAndCanBeginAgain() {
        CustomerId customer = shop.subscriber("1000", "scale");
        shop.subscriptions.cancel(shop.scope, customer, When.CYCLE_END);
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        shop.clock.set(Instant.parse("2026-03-05T00:00:00Z"));
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.CANCELLED);
        assertThat(shop.balance(customer)).isEqualByComparingTo("1000");
        assertThat(shop.facts
                        .refusal(shop.scope, customer, Optional.empty())
                        .orElseThrow()
                        .code())
                .isEqualTo("subscription_cancelled");
        assertThat(shop.use(customer, minutes, "1000").charge()).isEqualByComparingTo("0");
        shop.choose(customer, "scale");
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.subscription(customer).cycleFrom()).isEqualTo("2026-03-05T00:00:00Z");
        assertThat(shop.use(customer, minutes, "600").charge()).isEqualByComparingTo("8.5");
    }

    @Test
    void aStaleVersionChangesNothing() {
        CustomerId customer = shop.subscriber("0", "scale");
        assertThatThrownBy(() -> shop.subscriptions.choose(shop.scope, customer, "scale", When.NOW, OptionalLong.of(7)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("stale");
    }

    @Test
    void usageIsCountedInTheCycleOfItsTimeHoweverLateItComes() {
        CustomerId customer = shop.subscriber("5000", "scale");
        shop.clock.set(Instant.parse("2026-03-05T00:00:00Z"));
        assertThat(shop.use(customer, minutes, "600").charge()).isEqualByComparingTo("8.5");
        assertThat(shop.use(customer, minutes, "500", Instant.parse("2026-02-20T00:00:00Z"))
                        .charge())
                .isEqualByComparingTo("0");
        assertThat(shop.use(customer, minutes, "10", Instant.parse("2026-02-28T09:59:59Z"))
                        .charge())
                .isEqualByComparingTo("0.85");
        assertThat(shop.use(customer, minutes, "10", Instant.parse("2026-01-15T00:00:00Z"))
                        .charge())
                .as("older than the subscription: its first cycle")
                .isEqualByComparingTo("0.85");
        UsageCycle.MeterUsage usage =
                shop.subscriptions.usageCycle(shop.scope, customer).meters().get(0);
        assertThat(usage.consumed()).isEqualByComparingTo("600");
        assertThat(usage.overage()).isEqualByComparingTo("100");
        assertThat(usage.charge()).isEqualByComparingTo("8.5");
    }

    @Test
    void usageWithoutAPlanOrARateIsFreeAndItsCostIsCounted() {
        Meter tokens = shop.meter("tokens", "0.000002");
        CustomerId without = shop.customerWith("0");
        CustomerId with = shop.subscriber("0", "scale");
        assertThat(shop.use(without, minutes, "600").charge()).isEqualByComparingTo("0");
        assertThat(shop.use(without, minutes, "600").cost()).isEqualByComparingTo("18.6");
        assertThat(shop.use(with, tokens, "1000").charge()).isEqualByComparingTo("0");
        assertThat(shop.use(with, tokens, "1000").cost()).isEqualByComparingTo("0.002");
        assertThat(shop.subscriptions.usageCycle(shop.scope, with).meters())
                .extracting(UsageCycle.MeterUsage::key)
                .containsExactly("voice-minutes", "tokens");
    }

    @Test
    void everyMeterOfThePlanIsListedBeforeItIsUsed() {
        CustomerId customer = shop.subscriber("0", "scale");
        UsageCycle cycle = shop.subscriptions.usageCycle(shop.scope, customer);
        assertThat(cycle.from()).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(cycle.to()).isEqualTo("2026-02-28T10:00:00Z");
        assertThat(cycle.meters()).singleElement().satisfies(meter -> {
            assertThat(meter.included()).isEqualByComparingTo("500");
            assertThat(meter.consumed()).isEqualByComparingTo("0");
            assertThat(meter.charge()).isEqualByComparingTo("0");
        });
    }

    @Test
    void aResetSetsTheCounterBackAndKeepsWhatWas() {
        CustomerId customer = shop.subscriber("0", "scale");
        shop.use(customer, minutes, "600");
        UsageCycle cycle = shop.subscriptions.reset(shop.scope, customer, "test calls");
        assertThat(cycle.meters().get(0).consumed()).isEqualByComparingTo("0");
        assertThat(shop.use(customer, minutes, "500").charge()).isEqualByComparingTo("0");
        ResetMapper resets = shop.database.mapper("plans", ResetMapper.class);
        assertThat(shop.database.transact(shop.scope, resets::all)).containsExactly("-600.000000 -8.500000 test calls");
    }

    @Test
    void reportsThatCrossEachOtherNeitherBlockForEverNorLoseAnything() throws Exception {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            customers.add(shop.subscriber("0", "scale"));
        }
        together(8, () -> {
            for (int round = 0; round < 10; round++) {
                List<Usage> usages = new ArrayList<>();
                for (CustomerId customer : customers) {
                    usages.add(new Usage(customer, minutes, BigDecimal.TEN, shop.clock.instant()));
                }
                Collections.shuffle(usages);
                shop.rating.rate(shop.scope, usages);
            }
        });
        for (CustomerId customer : customers) {
            UsageCycle.MeterUsage usage =
                    shop.subscriptions.usageCycle(shop.scope, customer).meters().get(0);
            assertThat(usage.consumed()).isEqualByComparingTo("800");
            assertThat(usage.charge()).isEqualByComparingTo("25.5");
        }
    }

    @Test
    void aCustomersOwnScopeSeesNoOtherSubscription() {
        CustomerId mine = shop.subscriber("0", "scale");
        CustomerId other = shop.subscriber("0", "scale");
        assertThat(shop.subscriptions.find(shop.scope.only(mine), other)).isEmpty();
        assertThat(shop.subscriptions.find(shop.scope.only(mine), mine)).isPresent();
        assertThatThrownBy(() -> shop.subscriptions.usageCycle(shop.scope.only(mine), other))
                .hasMessageContaining("not_found");
    }

    @Test
    void anotherTenantSeesNothing() {
        CustomerId customer = shop.subscriber("0", "scale");
        Shop other = new Shop(postgres);
        assertThat(other.subscriptions.find(other.scope, customer)).isEmpty();
        assertThatThrownBy(() -> other.plans.get(other.scope, "scale")).hasMessageContaining("not_found");
        assertThatThrownBy(() -> other.meters.get(other.scope, minutes.id().toString()))
                .hasMessageContaining("not_found");
    }

    private static List<String> pointers(Runnable refused) {
        try {
            refused.run();
        } catch (ProblemException e) {
            return e.problem().errors().stream().map(error -> error.pointer()).toList();
        }
        throw new AssertionError("it was not refused");
    }

    private static void together(int threads, Runnable work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    go.await();
                    work.run();
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    interface ResetMapper {
        @Select("select consumed || ' ' || charge || ' ' || reason from plans.usage_reset")
        List<String> all();
    }
}
