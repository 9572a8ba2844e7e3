package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Select;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Meter;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.RepricingTerms;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cycle is charged whose usage falls short of the plan's minimum. */
class MinimumDbTest {
    private static final Instant END = Instant.parse("2026-02-28T10:00:00Z");

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
        plan("committed", "0", "50", null);
    }

    private void plan(String key, String price, String minimum, Integer trial) {
        NewPlanVersion terms = shop.terms(price, BillingCycle.MONTH, Shop.perUnit("voice-minutes", "0", "1"));
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
                                new NewPayment(trial, null, new BigDecimal(minimum)))));
    }

    /** Usage with its charge in the wallet, as metering does it. */
    private void use(CustomerId customer, String quantity, Instant time) {
        BigDecimal charge = shop.use(customer, minutes, quantity, time).charge();
        if (charge.signum() != 0) {
            shop.ledger.post(
                    shop.scope,
                    List.of(new Posting(
                            customer,
                            charge.negate(),
                            EntryKind.USAGE,
                            Optional.empty(),
                            Optional.empty(),
                            UUID.randomUUID(),
                            false)));
        }
    }

    private List<String> entries() {
        EntryMapper entries = shop.database.mapper("plans", EntryMapper.class);
        return shop.database.transact(shop.scope, entries::renewals);
    }

    @Test
    void theDifferenceIsChargedOnceWhenTheCycleEndsOnAnyNumberOfNodesAlsoWithoutUsage() throws Exception {
        List<CustomerId> idle = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            idle.add(shop.subscriber("100", "committed"));
        }
        CustomerId some = shop.subscriber("100", "committed");
        CustomerId much = shop.subscriber("100", "committed");
        use(some, "12.25", shop.clock.instant());
        use(much, "70", shop.clock.instant());
        shop.clock.set(END.minusSeconds(1));
        shop.renewals().run();
        assertThat(shop.balance(some)).isEqualByComparingTo("87.75");
        shop.clock.set(END);
        Together.run(4, () -> shop.renewals().run());
        shop.renewals().run();
        for (CustomerId customer : idle) {
            assertThat(shop.balance(customer)).isEqualByComparingTo("50");
        }
        assertThat(shop.balance(some)).isEqualByComparingTo("50");
        assertThat(shop.balance(much)).isEqualByComparingTo("30");
        assertThat(entries())
                .hasSize(9)
                .contains("-37.750000 Minimum 50.00 of 2026-01-31T10:00:00Z to 2026-02-28T10:00:00Z, usage 12.25");
        shop.clock.set(Instant.parse("2026-03-31T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(some)).isEqualByComparingTo("0");
    }

    @Test
    void whatIsReportedLateCountsTowardsTheMinimumAndIsChargedBeyondItAlone() {
        CustomerId customer = shop.subscriber("200", "committed");
        use(customer, "10", shop.clock.instant());
        shop.clock.set(END.plus(Duration.ofDays(1)));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("150");
        use(customer, "25", END.minusSeconds(5));
        shop.renewals().run();
        shop.renewals().run();
        assertThat(shop.balance(customer)).as("35 of 50 used").isEqualByComparingTo("150");
        use(customer, "25", END.minusSeconds(4));
        shop.renewals().run();
        assertThat(shop.balance(customer)).as("60 used").isEqualByComparingTo("140");
        use(customer, "-40", END.minusSeconds(3));
        shop.renewals().run();
        assertThat(shop.balance(customer)).as("corrected to 20").isEqualByComparingTo("150");
        assertThat(entries()).hasSize(4);
    }

    @Test
    void manyNodesGiveBackOnce() throws Exception {
        CustomerId customer = shop.subscriber("200", "committed");
        shop.clock.set(END);
        shop.renewals().run();
        use(customer, "30", END.minusSeconds(5));
        Together.run(4, () -> shop.renewals().run());
        assertThat(shop.balance(customer)).isEqualByComparingTo("150");
        assertThat(entries()).hasSize(2);
    }

    @Test
    void itIsOwedLikeUsageAndComesBeforeThePriceOfTheNextCycle() {
        plan("dear", "30", "50", null);
        CustomerId customer = shop.subscriber("40", "dear");
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("-10");
        assertThat(shop.subscription(customer).status()).hasToString("PAST_DUE");
        shop.clock.set(Instant.parse("2026-03-31T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).as("each cycle, paid or not").isEqualByComparingTo("-60");
    }

    @Test
    void cyclesThatWereMissedAreEachSettledAsIfInTime() {
        CustomerId stepped = shop.subscriber("500", "committed");
        for (String step : List.of("2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z", "2026-04-30T10:00:00Z")) {
            shop.clock.set(Instant.parse(step));
            shop.renewals().run();
        }
        Shop other = new Shop(postgres);
        shop = other;
        minutes = shop.meter("voice-minutes", "0");
        plan("committed", "0", "50", null);
        CustomerId leapt = shop.subscriber("500", "committed");
        shop.clock.set(Instant.parse("2026-04-30T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(leapt)).isEqualByComparingTo("350");
        assertThat(entries()).hasSize(3);
        assertThat(stepped).isNotEqualTo(leapt);
    }

    @Test
    void whatWasChargedBeforeAResetCounts() {
        CustomerId customer = shop.subscriber("100", "committed");
        use(customer, "30", shop.clock.instant());
        shop.subscriptions.reset(shop.scope, customer, "test calls");
        use(customer, "5", shop.clock.instant());
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("50");
    }

    @Test
    void whatARepricingMadeOfUsageCountsAlsoOfWhatWasResetAndAfterItWasSettled() {
        CustomerId customer = shop.subscriber("100", "committed");
        use(customer, "30", shop.clock.instant());
        shop.subscriptions.reset(shop.scope, customer, "test calls");
        use(customer, "6", shop.clock.instant());
        NewPlanVersion half = shop.terms("0", BillingCycle.MONTH, Shop.perUnit("voice-minutes", "0", "0.5"));
        shop.plans.addVersion(
                shop.scope, shop.plans.get(shop.scope, "committed").id(), half);
        shop.clock.advance(Duration.ofHours(1));
        reprice(customer, 2);
        assertThat(shop.balance(customer)).isEqualByComparingTo("82");
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("50");
        assertThat(entries())
                .singleElement()
                .asString()
                .startsWith("-32.000000 ")
                .endsWith(" usage 18.00");
        reprice(customer, 1);
        shop.renewals().run();
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("50");
        assertThat(entries()).hasSize(2).last().asString().startsWith("18.000000 ");
    }

    /** Prices the first cycle by a version, with the difference in the wallet, as metering does it. */
    private void reprice(CustomerId customer, int version) {
        BigDecimal difference = new CycleRepricing(shop.database, shop, TenantClocks.same(shop.clock))
                .reprice(
                        shop.scope,
                        customer,
                        new RepricingTerms(END.minusSeconds(60), "committed", version),
                        RepricingId.next(shop.clock))
                .difference();
        shop.ledger.post(
                shop.scope,
                List.of(new Posting(
                        customer,
                        difference.negate(),
                        EntryKind.USAGE,
                        Optional.empty(),
                        Optional.empty(),
                        UUID.randomUUID(),
                        false)));
    }

    @Test
    void aTrialHasNoneAndTheFirstCycleAfterItHas() {
        plan("tried", "0", "50", 14);
        CustomerId customer = shop.subscriber("100", "tried");
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("100");
        shop.clock.set(Instant.parse("2026-03-14T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("50");
    }

    @Test
    void eachPlansMinimumCountsForTheTimeThatItHeld() {
        plan("more", "0", "100", null);
        CustomerId changes = shop.subscriber("500", "committed");
        CustomerId leaves = shop.subscriber("500", "committed");
        shop.plan("none", "0", BillingCycle.MONTH);
        CustomerId comes = shop.subscriber("500", "none");
        shop.clock.set(Instant.parse("2026-02-14T10:00:00Z"));
        shop.choose(changes, "more");
        shop.choose(comes, "more");
        shop.subscriptions.cancel(shop.scope, leaves, When.NOW);
        shop.renewals().run();
        assertThat(shop.balance(leaves)).isEqualByComparingTo("475");
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.balance(changes)).isEqualByComparingTo("425");
        assertThat(shop.balance(comes)).isEqualByComparingTo("450");
        assertThat(shop.balance(leaves)).isEqualByComparingTo("475");
    }

    @Test
    void aDeletedCustomerIsNotCharged() {
        CustomerId customer = shop.subscriber("100", "committed");
        shop.delete(customer);
        shop.clock.set(END);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("100");
    }

    interface EntryMapper {
        @Select("select amount || ' ' || reason from credits.entry where kind = 5 order by created_at, seq")
        List<String> renewals();
    }
}
