package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Meter;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.RatedUsage;
import org.bursar.plans.RepricedCycle;
import org.bursar.plans.RepricedMeter;
import org.bursar.plans.RepricingTerms;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cycle costs by other prices, and what is counted in it after that. */
class RepricingDbTest {
    private static TestDatabase postgres;
    private Shop shop;
    private CycleRepricing repricing;
    private Meter minutes;
    private Meter tokens;
    private CustomerId customer;

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
        repricing = new CycleRepricing(shop.database, shop, TenantClocks.same(shop.clock));
        minutes = shop.meter("minutes", "0.5");
        tokens = shop.meter("tokens", "0");
        shop.plan("scale", "0", BillingCycle.MONTH, Shop.perUnit("minutes", "10", "2"));
        customer = shop.subscriber("0", "scale");
        shop.clock.advance(Duration.ofHours(1));
    }

    /** The next version of the shop's plan. */
    private void version(NewRate... rates) {
        shop.plans.addVersion(
                shop.scope, shop.plans.get(shop.scope, "scale").id(), shop.terms("0", BillingCycle.MONTH, rates));
    }

    private RepricingTerms newest() {
        return new RepricingTerms(shop.clock.instant(), null, null);
    }

    private RepricedCycle reprice(RepricingTerms terms) {
        return repricing.reprice(shop.scope, customer, terms, RepricingId.next(shop.clock));
    }

    private static String line(RepricedMeter meter) {
        return meter.meterKey() + " " + plain(meter.quantity()) + ": " + plain(meter.charged()) + " -> "
                + plain(meter.charge());
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private BigDecimal charged() {
        return shop.subscriptions.usageCycle(shop.scope, customer).meters().stream()
                .filter(meter -> meter.key().equals("minutes"))
                .findFirst()
                .orElseThrow()
                .charge();
    }

    private static String refusal(Runnable refused) {
        try {
            refused.run();
        } catch (ProblemException e) {
            return e.problem().errors().get(0).pointer() + " "
                    + e.problem().errors().get(0).code().code();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void thePreviewSaysWhatTheRepricingDoesAndWritesNothing() {
        shop.use(customer, minutes, "25");
        version(Shop.perUnit("minutes", "5", "0.5"));
        RepricedCycle preview = repricing.preview(shop.scope, customer, newest());
        assertThat(preview.meters()).extracting(RepricingDbTest::line).containsExactly("minutes 25: 30 -> 10");
        assertThat(preview.difference()).isEqualByComparingTo("-20");
        assertThat(preview.version()).isEqualTo(2);
        assertThat(charged()).isEqualByComparingTo("30");
        assertThat(shop.use(customer, minutes, "1").charge()).isEqualByComparingTo("2");
        RepricingId id = RepricingId.next(shop.clock);
        RepricedCycle repriced = repricing.reprice(shop.scope, customer, newest(), id);
        assertThat(repriced.meters()).extracting(RepricingDbTest::line).containsExactly("minutes 26: 32 -> 10.5");
        assertThat(repricing.changed(shop.scope, customer, id)).isEqualTo(repriced.meters());
        assertThat(charged()).isEqualByComparingTo("10.5");
    }

    private void override(CustomerId who, NewRate... rates) {
        shop.subscriptions.override(
                shop.scope, who, new NewOverrides(null, null, List.of(rates), When.NOW), OptionalLong.empty());
    }

    @Test
    void theCustomersOwnVersionGoesBeforeThePlansNewestAndAnothersIsRefused() {
        CustomerId other = shop.subscriber("0", "scale");
        shop.use(customer, minutes, "25");
        override(customer, Shop.perUnit("minutes", "10", "0.2"));
        override(other, Shop.perUnit("minutes", "10", "0.1"));
        version(Shop.perUnit("minutes", "5", "0.5"));
        shop.clock.advance(Duration.ofHours(1));
        assertThat(refusal(() -> reprice(new RepricingTerms(shop.clock.instant(), null, 1_000_002))))
                .isEqualTo("/version not_found");
        RepricedCycle repriced = reprice(newest());
        assertThat(repriced.version()).isEqualTo(1_000_001);
        assertThat(repriced.meters()).extracting(RepricingDbTest::line).containsExactly("minutes 25: 30 -> 3");
        override(customer);
        assertThat(repricing.preview(shop.scope, customer, newest()).version())
                .as("nothing is agreed any longer")
                .isEqualTo(2);
    }

    @Test
    void whatIsCountedLaterIsRatedByTheSamePricesEvenOfAMeterThatNobodyHadUsed() {
        Instant before = shop.clock.instant();
        shop.use(customer, minutes, "25");
        version(Shop.perUnit("minutes", "5", "0.5"), Shop.perUnit("tokens", "0", "3"));
        reprice(newest());
        RatedUsage late = shop.use(customer, minutes, "5", before);
        assertThat(late.charge()).isEqualByComparingTo("2.5");
        assertThat(late.basis().version()).isEqualTo(2);
        assertThat(shop.rating
                        .explain(shop.scope, minutes.id(), new BigDecimal("5"), late.basis())
                        .charge())
                .isEqualByComparingTo("2.5");
        assertThat(shop.use(customer, minutes, "-20").charge()).isEqualByComparingTo("-10");
        assertThat(shop.use(customer, tokens, "7").charge()).isEqualByComparingTo("21");
        // the cycle that follows has the prices that were agreed
        shop.clock.advance(Duration.ofDays(40));
        assertThat(shop.use(customer, minutes, "11").charge()).isEqualByComparingTo("2");
        assertThat(shop.use(customer, tokens, "7").charge()).isEqualByComparingTo("0");
        // and who used a meter before that has no price now gets back what it was charged
        RepricedCycle first = reprice(new RepricingTerms(before, "scale", 1));
        assertThat(first.meters())
                .extracting(RepricingDbTest::line)
                .containsExactly("minutes 10: 2.5 -> 0", "tokens 7: 21 -> 0");
    }

    @Test
    void eachStateThatAResetTookOffIsPricedByItself() {
        shop.use(customer, minutes, "25");
        shop.subscriptions.reset(shop.scope, customer, "a gift");
        shop.clock.advance(Duration.ofHours(1));
        shop.use(customer, minutes, "12");
        version(Shop.perUnit("minutes", "5", "1"));
        assertThat(reprice(newest()).meters())
                .extracting(RepricingDbTest::line)
                .containsExactly("minutes 25: 30 -> 20", "minutes 12: 4 -> 7");
        shop.subscriptions.reset(shop.scope, customer, "another");
        shop.clock.advance(Duration.ofHours(1));
        assertThat(shop.use(customer, minutes, "6").charge()).isEqualByComparingTo("1");
        version(Shop.perUnit("minutes", "0", "1"));
        RepricingId id = RepricingId.next(shop.clock);
        RepricedCycle third = repricing.reprice(shop.scope, customer, newest(), id);
        assertThat(third.meters())
                .extracting(RepricingDbTest::line)
                .containsExactly("minutes 25: 20 -> 25", "minutes 12: 7 -> 12", "minutes 6: 1 -> 6");
        assertThat(repricing.changed(shop.scope, customer, id)).isEqualTo(third.meters());
        assertThat(reprice(newest()).difference()).isEqualByComparingTo("0");
    }

    @Test
    void theLastPlanThatHeldIsMeantAndAPlanChosenLaterPricesWhatFallsUnderIt() {
        shop.plan("volume", "0", BillingCycle.MONTH, Shop.perUnit("minutes", "0", "7"));
        shop.use(customer, minutes, "12");
        shop.clock.advance(Duration.ofHours(1));
        shop.choose(customer, "volume");
        shop.use(customer, minutes, "1");
        assertThat(charged()).isEqualByComparingTo("11");
        RepricedCycle repriced = repricing.preview(shop.scope, customer, newest());
        assertThat(repriced.plan())
                .isEqualTo(shop.plans.get(shop.scope, "volume").id());
        assertThat(repriced.meters()).extracting(RepricingDbTest::line).containsExactly("minutes 13: 11 -> 91");
        reprice(new RepricingTerms(shop.clock.instant(), "scale", null));
        assertThat(charged()).isEqualByComparingTo("6");
        assertThat(shop.use(customer, minutes, "1").charge()).isEqualByComparingTo("2");
        shop.clock.advance(Duration.ofHours(1));
        shop.choose(customer, "volume");
        assertThat(shop.use(customer, minutes, "1").charge()).isEqualByComparingTo("7");
    }

    @Test
    void whatCannotBeRepricedIsRefusedWithItsField() {
        Instant next = shop.clock.instant().plus(Duration.ofDays(40));
        assertThat(refusal(() -> reprice(new RepricingTerms(next, null, null)))).isEqualTo("/cycle out_of_range");
        assertThat(refusal(() -> reprice(new RepricingTerms(shop.clock.instant(), "nothing", null))))
                .isEqualTo("/plan unknown_plan");
        assertThat(refusal(() -> reprice(new RepricingTerms(shop.clock.instant(), null, 2))))
                .isEqualTo("/version not_found");
        customer = shop.customerWith("0");
        shop.use(customer, minutes, "12");
        assertThat(refusal(() -> reprice(newest()))).isEqualTo("/plan required");
        assertThat(reprice(new RepricingTerms(shop.clock.instant(), "scale", 1)).difference())
                .isEqualByComparingTo("4");
    }

    @Test
    void whileManyReportRepricingsSeeEachOther() throws Exception {
        version(Shop.perUnit("minutes", "0", "0.000001"));
        AtomicReference<BigDecimal> ledger = new AtomicReference<>(BigDecimal.ZERO);
        Together.each(24, thread -> {
            for (int round = 0; round < 10; round++) {
                BigDecimal change = thread % 4 == 0
                        ? reprice(new RepricingTerms(shop.clock.instant(), null, 1 + (thread / 4 + round) % 2))
                                .difference()
                        : shop.use(customer, minutes, "1.5").charge();
                ledger.accumulateAndGet(change, BigDecimal::add);
            }
        });
        assertThat(ledger.get()).isEqualByComparingTo(charged());
        reprice(newest());
        assertThat(charged()).isEqualByComparingTo("0.00027");
    }
}
