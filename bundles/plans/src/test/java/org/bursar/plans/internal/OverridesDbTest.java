package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PlanId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Meter;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.Overrides;
import org.bursar.plans.PlanPreview;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.RatedUsage;
import org.bursar.plans.RatingExplanation;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Terms that are one customer's own. */
class OverridesDbTest {
    private static final Instant RENEWAL = Instant.parse("2026-02-28T10:00:00Z");
    private static final Instant HALF = Instant.parse("2026-03-15T22:00:00Z");

    private static TestDatabase postgres;
    private Shop shop;
    private Meter minutes;
    private Meter tokens;

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
        tokens = shop.meter("tokens", "0");
        shop.plan(
                "scale",
                "100.00",
                BillingCycle.MONTH,
                Shop.perUnit("voice-minutes", "10", "1"),
                Shop.perUnit("tokens", "0", "2"));
    }

    private Overrides override(CustomerId customer, String price, String minimum, When when, NewRate... rates) {
        NewOverrides form = new NewOverrides(
                price == null ? null : shop.price(price),
                minimum == null ? null : new BigDecimal(minimum),
                List.of(rates),
                when);
        return shop.subscriptions.override(shop.scope, customer, form, OptionalLong.empty());
    }

    private void none(CustomerId customer) {
        shop.subscriptions.override(shop.scope, customer, NewOverrides.NONE, OptionalLong.empty());
    }

    @Test
    void aRateHoldsForOneCustomerFromNowOnAndEveryExplanationStaysRight() {
        CustomerId customer = shop.subscriber("0", "scale");
        CustomerId other = shop.subscriber("0", "scale");
        List<RatedUsage> rated = new ArrayList<>();
        Instant before = shop.clock.instant();
        rated.add(shop.use(customer, minutes, "20", before));
        shop.clock.advance(Duration.ofHours(1));
        Overrides now = override(customer, null, null, null, Shop.perUnit("voice-minutes", "15", "0.50"));
        assertThat(now.rates()).singleElement().satisfies(rate -> {
            assertThat(rate.meterKey()).isEqualTo("voice-minutes");
            assertThat(rate.included()).isEqualByComparingTo("15");
        });
        rated.add(shop.use(customer, minutes, "20"));
        rated.add(shop.use(customer, minutes, "1", before));
        none(customer);
        shop.clock.advance(Duration.ofHours(1));
        rated.add(shop.use(customer, minutes, "1"));
        assertThat(rated)
                .extracting(RatedUsage::charge)
                .usingElementComparator(BigDecimal::compareTo)
                .as("20 − 10 at 1; 20 at 0.50; what is late, and what comes after, at 1")
                .containsExactly(new BigDecimal("10"), new BigDecimal("10"), BigDecimal.ONE, BigDecimal.ONE);
        List<String> quantities = List.of("20", "20", "1", "1");
        for (int i = 0; i < rated.size(); i++) {
            RatingExplanation explained = shop.rating.explain(
                    shop.scope,
                    minutes.id(),
                    new BigDecimal(quantities.get(i)),
                    rated.get(i).basis());
            assertThat(explained.charge()).isEqualByComparingTo(rated.get(i).charge());
        }
        assertThat(rated.get(1).basis().version()).isEqualTo(1_000_001);
        assertThat(shop.use(customer, tokens, "3").charge())
                .as("other meters are the plan's")
                .isEqualByComparingTo("6");
        assertThat(shop.use(other, minutes, "20").charge()).isEqualByComparingTo("10");
    }

    @Test
    void aPriceIsProratedLikeAChangeOfPlanAndTakenAtTheNextRenewal() {
        CustomerId customer = shop.subscriber("1000", "scale");
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        shop.clock.set(HALF);
        override(customer, "40.00", null, null);
        assertThat(shop.balance(customer)).isEqualByComparingTo("930");
        assertThat(shop.subscription(customer).price().amount()).isEqualByComparingTo("40");
        assertThat(shop.subscription(customer).planVersion()).isEqualTo(1);
        shop.clock.set(Instant.parse("2026-03-31T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("890");
        none(customer);
        assertThat(shop.balance(customer))
                .as("the plan's price again, for all of the cycle")
                .isEqualByComparingTo("830");
    }

    @Test
    void aWalletThatDoesNotCoverADearerPriceIsRefusedAndNothingChanges() {
        CustomerId customer = shop.subscriber("100", "scale");
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        assertThatThrownBy(() -> override(customer, "200.00", null, null)).hasMessageContaining("insufficient_credits");
        assertThat(shop.subscriptions.overrides(shop.scope, customer).price()).isEmpty();
        assertThat(shop.subscription(customer).price().amount()).isEqualByComparingTo("100");
    }

    @Test
    void fromTheNextCycleOnItHoldsThenAndNotBefore() {
        CustomerId customer = shop.subscriber("1000", "scale");
        override(customer, "40.00", null, When.CYCLE_END, Shop.perUnit("voice-minutes", "0", "3"));
        assertThat(shop.subscriptions.overrides(shop.scope, customer).price()).isEmpty();
        assertThat(shop.use(customer, minutes, "11").charge()).isEqualByComparingTo("1");
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("960");
        assertThat(shop.use(customer, minutes, "11").charge()).isEqualByComparingTo("33");
        assertThat(shop.use(customer, minutes, "1", RENEWAL.minusSeconds(1)).charge())
                .isEqualByComparingTo("1");
    }

    @Test
    void aMinimumOfItsOwnIsWhatItsUsageIsChargedAtLeast() {
        CustomerId customer = shop.subscriber("1000", "scale");
        override(customer, null, "56", null);
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("844");
        override(customer, null, "0", null);
        shop.clock.set(Instant.parse("2026-03-31T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("744");
    }

    @Test
    void ratesGoAlongToAnotherPlanAndThePriceEndsWithThePlan() {
        shop.plan("large", "200.00", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "100", "1"));
        CustomerId customer = shop.subscriber("1000", "scale");
        override(customer, "40.00", "5", null, Shop.perUnit("voice-minutes", "0", "3"));
        PlanPreview preview = shop.subscriptions.preview(shop.scope, customer, "large", null);
        assertThat(preview.planVersion()).isEqualTo(1);
        assertThat(preview.nextRenewal().amount()).isEqualByComparingTo("200");
        assertThat(shop.choose(customer, "large").price().amount()).isEqualByComparingTo("200");
        Overrides kept = shop.subscriptions.overrides(shop.scope, customer);
        assertThat(kept.planKey()).isEqualTo("large");
        assertThat(kept.price()).isEmpty();
        assertThat(kept.minimum()).isEmpty();
        assertThat(kept.rates()).hasSize(1);
        assertThat(shop.use(customer, minutes, "2").charge()).isEqualByComparingTo("6");
    }

    @Test
    void theNextVersionOfThePlanKeepsEverything() {
        CustomerId customer = shop.subscriber("1000", "scale");
        override(customer, "40.00", "5", null, Shop.perUnit("voice-minutes", "0", "3"));
        PlanId plan = shop.plans.get(shop.scope, "scale").id();
        PlanVersion second = shop.plans.addVersion(
                shop.scope, plan, shop.terms("150.00", BillingCycle.MONTH, Shop.perUnit("tokens", "0", "7")));
        assertThat(second.number()).isEqualTo(2);
        shop.choose(customer, "scale");
        Overrides kept = shop.subscriptions.overrides(shop.scope, customer);
        assertThat(kept.planVersion()).isEqualTo(2);
        assertThat(kept.price()).isPresent();
        assertThat(shop.subscription(customer).price().amount()).isEqualByComparingTo("40");
        assertThat(shop.use(customer, tokens, "1").charge()).isEqualByComparingTo("7");
        assertThat(shop.use(customer, minutes, "1").charge()).isEqualByComparingTo("3");
        long version = kept.version();
        shop.choose(customer, "scale");
        assertThat(shop.subscriptions.overrides(shop.scope, customer).rates()).hasSize(1);
        assertThat(shop.subscription(customer).version()).isEqualTo(version + 1);
    }

    @Test
    void whatIsAgainTheSameIsNotWrittenAgain() {
        CustomerId customer = shop.subscriber("0", "scale");
        none(customer);
        long version = override(customer, "40", null, null, Shop.perUnit("tokens", "1", "3"))
                .version();
        Overrides again = override(customer, "40.00", null, null, Shop.perUnit("tokens", "1.0", "3.00"));
        assertThat(again.version()).isEqualTo(version);
        assertThat(shop.audited).containsOnlyOnce("subscription.override");
    }

    @Test
    void aVersionOfACustomersOwnIsNoneOfThePlans() {
        CustomerId customer = shop.subscriber("0", "scale");
        override(customer, "40.00", null, null);
        PlanId plan = shop.plans.get(shop.scope, "scale").id();
        assertThat(shop.plans.versions(shop.scope, plan, Page.Request.first()).items())
                .extracting(PlanVersion::number)
                .containsExactly(1);
        assertThatThrownBy(() -> shop.plans.version(shop.scope, plan, 1_000_001))
                .hasMessageContaining("not_found");
        assertThat(shop.plans
                        .addVersion(shop.scope, plan, shop.terms("1", BillingCycle.MONTH))
                        .number())
                .isEqualTo(2);
    }

    @Test
    void manyCustomersAtOnceGetEachItsOwn() throws Exception {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            customers.add(shop.subscriber("0", "scale"));
        }
        Together.each(4, thread -> {
            for (int i = thread; i < customers.size(); i += 4) {
                override(customers.get(i), null, null, null, Shop.perUnit("tokens", "0", (i + 1) + ".5"));
            }
        });
        for (int i = 0; i < customers.size(); i++) {
            assertThat(shop.use(customers.get(i), tokens, "1").charge()).isEqualByComparingTo((i + 1) + ".5");
        }
    }

    @Test
    void aCustomersOwnCallersReadTheirOwnAndWriteNothing() {
        CustomerId mine = shop.subscriber("0", "scale");
        CustomerId other = shop.subscriber("0", "scale");
        override(mine, null, null, null, Shop.perUnit("tokens", "0", "9"));
        assertThat(shop.subscriptions.overrides(shop.scope.only(mine), mine).rates())
                .hasSize(1);
        assertThatThrownBy(() -> shop.subscriptions.overrides(shop.scope.only(other), mine))
                .hasMessageContaining("not_found");
        assertThatThrownBy(() -> shop.subscriptions.override(
                        shop.scope.only(mine), mine, NewOverrides.NONE, OptionalLong.empty()))
                .hasMessageContaining("forbidden");
        assertThatThrownBy(() -> override(other, "1.005", "-1", null, Shop.perUnit("nothing", "0", "1")))
                .satisfies(refused -> assertThat(((org.bursar.kernel.ProblemException) refused)
                                .problem()
                                .errors())
                        .extracting(error -> error.pointer())
                        .containsExactlyInAnyOrder("/price/amount", "/minimum", "/rates/0/meter"));
        assertThatThrownBy(() -> shop.subscriptions.override(shop.scope, other, NewOverrides.NONE, OptionalLong.of(77)))
                .hasMessageContaining("stale");
        shop.subscriptions.cancel(shop.scope, other, When.NOW);
        assertThatThrownBy(() -> override(other, "1", null, null)).hasMessageContaining("wrong_status");
    }
}
