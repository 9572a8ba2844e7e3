package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Meter;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.NewPlanVersion.NewTier;
import org.bursar.plans.RateModel;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.plans.UsageCycle;
import org.bursar.plans.UsageCycle.MeterUsage;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cycle charges when its plan changes, its end is decided late or its counters are reset. */
class PlanChangeDbTest {
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
    void shop() {
        shop = new Shop(postgres);
        minutes = shop.meter("voice-minutes", "0");
    }

    @Test
    void usageThatWasFreeIsNotGivenBackByThePlanThatFollows() {
        shop.plan("free", "0", BillingCycle.MONTH);
        shop.plan(
                "volume",
                "0",
                BillingCycle.MONTH,
                new NewRate(
                        "voice-minutes",
                        BigDecimal.ZERO,
                        RateModel.VOLUME,
                        null,
                        List.of(
                                new NewTier(new BigDecimal("1000"), BigDecimal.ONE),
                                new NewTier(null, new BigDecimal("0.50"))),
                        null,
                        null));
        CustomerId customer = shop.subscriber("0", "free");
        assertThat(shop.use(customer, minutes, "999").charge()).isEqualByComparingTo("0");
        shop.choose(customer, "volume");
        assertThat(shop.use(customer, minutes, "2").charge())
                .as("by volume 1001 cost 498.50 less than 999, which were free")
                .isEqualByComparingTo("0");
        assertThat(shop.use(customer, minutes, "10").charge()).isEqualByComparingTo("5");
    }

    @Test
    void aCorrectionAtADearerPlanGivesBackNoMoreThanTheCycleTook() {
        shop.plan("cheap", "0", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "0", "1.00"));
        shop.plan("dear", "0", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "0", "10.00"));
        CustomerId customer = shop.subscriber("0", "cheap");
        assertThat(shop.use(customer, minutes, "1000").charge()).isEqualByComparingTo("1000");
        shop.choose(customer, "dear");
        assertThat(shop.use(customer, minutes, "-600").charge()).isEqualByComparingTo("-1000");
        assertThat(shop.use(customer, minutes, "-10").charge()).isEqualByComparingTo("0");
        assertThat(usage(shop.subscriptions.usageCycle(shop.scope, customer), "voice-minutes")
                        .charge())
                .isEqualByComparingTo("0");
    }

    @Test
    void aPlanChosenWhilePastDueDoesNotOutliveTheCancelledCycle() {
        CustomerId customer = pastDueOnTheSecondPlan();
        shop.subscriptions.cancel(shop.scope, customer, When.CYCLE_END);
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.CANCELLED);
        shop.clock.set(Instant.parse("2026-03-05T10:00:00Z"));
        assertThat(shop.use(customer, minutes, "10").charge()).isEqualByComparingTo("0");
    }

    @Test
    void aPlanChosenWhilePastDueDoesNotOutliveTheOneChosenForTheCyclesEnd() {
        shop.plan("third", "0", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "0", "3"));
        CustomerId customer = pastDueOnTheSecondPlan();
        shop.subscriptions.choose(shop.scope, customer, "third", When.CYCLE_END, OptionalLong.empty());
        shop.renewals().run();
        shop.clock.set(Instant.parse("2026-03-05T10:00:00Z"));
        assertThat(shop.use(customer, minutes, "10").charge()).isEqualByComparingTo("30");
    }

    @Test
    void aPlanChosenWhilePastDueDoesNotOutliveAYearlyOneChosenForTheCyclesEnd() {
        shop.plan("yearly", "0", BillingCycle.YEAR, Shop.perUnit("voice-minutes", "0", "4"));
        CustomerId customer = pastDueOnTheSecondPlan();
        shop.subscriptions.choose(shop.scope, customer, "yearly", When.CYCLE_END, OptionalLong.empty());
        shop.renewals().run();
        shop.clock.set(Instant.parse("2026-03-05T10:00:00Z"));
        assertThat(shop.use(customer, minutes, "10").charge()).isEqualByComparingTo("40");
    }

    /** Unpaid since 28 February, on another plan since 3 March; it is 4 March. */
    private CustomerId pastDueOnTheSecondPlan() {
        shop.plan("first", "100", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "0", "1"));
        shop.plan("second", "100", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "0", "2"));
        CustomerId customer = shop.subscriber("0", "first");
        shop.clock.set(Instant.parse("2026-02-28T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        shop.clock.set(Instant.parse("2026-03-03T10:00:00Z"));
        shop.choose(customer, "second");
        shop.clock.set(Instant.parse("2026-03-04T10:00:00Z"));
        return customer;
    }

    @Test
    void aCounterThatIsMadeDuringAResetIsNotReset() {
        Meter tokens = shop.meter("tokens", "0");
        shop.plan("plan", "0", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "0", "1"));
        CustomerId customer = shop.subscriber("0", "plan");
        shop.use(customer, minutes, "600");
        // the reset reads the time for its cycle, and again when it has locked the counters
        AtomicInteger readings = new AtomicInteger();
        Clock interrupting = new Clock() {
            @Override
            public Instant instant() {
                if (readings.incrementAndGet() == 2) {
                    CompletableFuture.runAsync(() -> shop.use(customer, tokens, "7"))
                            .join();
                }
                return shop.clock.instant();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
        UsageCycle cycle = new StoredSubscriptions(
                        shop.database, shop, shop, shop, TenantClocks.same(interrupting), shop, shop.ledger, shop)
                .reset(shop.scope, customer, "test calls");
        assertThat(readings).hasValueGreaterThan(1);
        assertThat(usage(cycle, "voice-minutes").consumed()).isEqualByComparingTo("0");
        assertThat(usage(cycle, "tokens").consumed()).isEqualByComparingTo("7");
    }

    private static MeterUsage usage(UsageCycle cycle, String meter) {
        Map<String, MeterUsage> usages =
                cycle.meters().stream().collect(Collectors.toMap(MeterUsage::key, Function.identity()));
        return usages.get(meter);
    }
}
