package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.plans.AddOn;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Limit;
import org.bursar.plans.NewAddOn;
import org.bursar.plans.SubscribedAddOn;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddOnsDbTest {
    private static final Instant RENEWAL = Instant.parse("2026-02-28T10:00:00Z");

    private static TestDatabase postgres;
    private Shop shop;
    private AddOn concurrency;

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
        shop.plan("scale", "799.00", BillingCycle.MONTH);
        concurrency = shop.addOn("concurrency", "9.000000", Limit.CONCURRENCY, 1);
    }

    private AddOn priced(String price, boolean active) {
        return shop.addOns.change(
                shop.scope,
                concurrency.id(),
                new NewAddOn(
                        null,
                        concurrency.name(),
                        shop.price(price),
                        Limit.CONCURRENCY,
                        1,
                        BigDecimal.ONE,
                        new BigDecimal("100"),
                        active),
                OptionalLong.empty());
    }

    @Test
    void aQuantityCountsAtOnceInTheLimitAndInTheMonthlyCost() {
        CustomerId customer = shop.subscriber("1000", "scale");
        assertThat(shop.subscription(customer).monthlyRecurringCost().amount()).isEqualByComparingTo("799");
        Subscription after = shop.setAddOn(customer, "concurrency", "10");
        assertThat(after.limits().concurrency()).isEqualTo(OptionalInt.of(20));
        assertThat(after.limits().users()).isEqualTo(OptionalInt.of(25));
        assertThat(after.monthlyRecurringCost().amount()).isEqualByComparingTo("889");
        assertThat(after.addOns()).extracting(SubscribedAddOn::quantity).containsExactly(10);
        assertThat(after).isEqualTo(shop.subscription(customer));
        assertThat(shop.balance(customer)).isEqualByComparingTo("1000");
        Subscription none = shop.setAddOn(customer, concurrency.id().toString(), "0");
        assertThat(none.addOns()).isEmpty();
        assertThat(none.limits().concurrency()).isEqualTo(OptionalInt.of(10));
        assertThat(none.monthlyRecurringCost().amount()).isEqualByComparingTo("799");
    }

    @Test
    void aRenewalOnManyNodesTakesPlanAndAddOnsOnceInOneEntry() throws Exception {
        CustomerId customer = shop.subscriber("2000", "scale");
        shop.addOn("number", "3.00", null, 0);
        shop.setAddOn(customer, "concurrency", "10");
        shop.setAddOn(customer, "number", "20");
        shop.clock.set(RENEWAL);
        Together.run(4, () -> shop.renewals().run());
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("1051");
        assertThat(shop.states.get("subscription.renew")).contains("charged=949.00");
        EntryMapper entries = shop.database.mapper("plans", EntryMapper.class);
        assertThat(shop.database.transact(shop.scope, entries::all))
                .containsExactly("2000.000000 null", "-949.000000 scale + Extra concurrency × 10 + Extra number × 20");
    }

    @Test
    void aRenewalTakesWhatIsThereThen() {
        CustomerId customer = shop.subscriber("2000", "scale");
        shop.setAddOn(customer, "concurrency", "10");
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("1111");
        shop.setAddOn(customer, "concurrency", "2");
        assertThat(shop.balance(customer)).as("eight, for all of the cycle").isEqualByComparingTo("1183");
        shop.clock.set(Instant.parse("2026-03-31T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("366");
    }

    @Test
    void changesAndRenewalsThatCrossChargeEachCycleForWhatWasThere() throws Exception {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            customers.add(shop.subscriber("5000", "scale"));
        }
        shop.clock.set(RENEWAL);
        Together.run(4, () -> {
            shop.renewals().run();
            customers.forEach(customer -> shop.setAddOn(customer, "concurrency", "1"));
        });
        shop.renewals().run();
        for (CustomerId customer : customers) {
            assertThat(shop.balance(customer)).isEqualByComparingTo("4192");
        }
    }

    @Test
    void aWalletThatCoversThePlanAloneIsPastDue() {
        CustomerId customer = shop.subscriber("800", "scale");
        shop.setAddOn(customer, "concurrency", "10");
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        shop.renewals().run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(shop.balance(customer)).isEqualByComparingTo("800");
        shop.setAddOn(customer, "concurrency", "0");
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("1");
    }

    @Test
    void aFreePlanWithAnAddOnIsCharged() {
        shop.plan("free", "0", BillingCycle.MONTH);
        CustomerId customer = shop.subscriber("100", "free");
        shop.setAddOn(customer, "concurrency", "3");
        shop.clock.set(RENEWAL);
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("73");
    }

    @Test
    void aYearTakesTwelveMonthsOfAnAddOnAndShowsATwelfthOfThePlan() {
        shop.plan("yearly", "1000.00", BillingCycle.YEAR);
        CustomerId customer = shop.subscriber("3000", "yearly");
        Subscription subscription = shop.setAddOn(customer, "concurrency", "10");
        assertThat(subscription.monthlyRecurringCost().amount()).isEqualByComparingTo("173.33");
        shop.clock.set(Instant.parse("2027-01-31T10:00:00Z"));
        shop.renewals().run();
        assertThat(shop.balance(customer)).isEqualByComparingTo("920");
    }

    @Test
    void whoHasAnAddOnKeepsItsPriceUntilMoreOfItIsTaken() {
        CustomerId customer = shop.subscriber("0", "scale");
        shop.setAddOn(customer, "concurrency", "10");
        assertThat(priced("12.00", true).terms().number()).isEqualTo(2);
        assertThat(monthly(customer)).isEqualByComparingTo("90");
        shop.setAddOn(customer, "concurrency", "10");
        shop.setAddOn(customer, "concurrency", "8");
        assertThat(monthly(customer)).isEqualByComparingTo("72");
        shop.setAddOn(customer, "concurrency", "9");
        assertThat(monthly(customer)).isEqualByComparingTo("108");
        CustomerId other = shop.subscriber("0", "scale");
        shop.setAddOn(other, "concurrency", "1");
        assertThat(monthly(other)).isEqualByComparingTo("12");
    }

    private BigDecimal monthly(CustomerId customer) {
        return shop.subscriptions
                .addOn(shop.scope, customer, "concurrency")
                .monthlyCost()
                .amount();
    }

    @Test
    void anotherNameMakesNoNewTerms() {
        AddOn same = priced("9.00", true);
        assertThat(same.terms().number()).isEqualTo(1);
        assertThat(same.version()).isEqualTo(2);
        assertThat(same.maxQuantity()).isEqualTo(100);
    }

    @Test
    void whatIsNoLongerSoldIsKeptAndGivenBackButNotTaken() {
        CustomerId customer = shop.subscriber("0", "scale");
        shop.setAddOn(customer, "concurrency", "5");
        priced("9.00", false);
        assertThat(code(() -> shop.setAddOn(customer, "concurrency", "6"))).isEqualTo("/quantity add_on_inactive");
        shop.setAddOn(customer, "concurrency", "5");
        shop.setAddOn(customer, "concurrency", "4");
        CustomerId other = shop.subscriber("0", "scale");
        assertThat(code(() -> shop.setAddOn(other, "concurrency", "1"))).isEqualTo("/quantity add_on_inactive");
    }

    @Test
    void quantitiesAreWholeAndWithinBounds() {
        CustomerId customer = shop.subscriber("0", "scale");
        shop.addOns.create(
                shop.scope,
                new NewAddOn(
                        "packs",
                        "Packs",
                        shop.price("1"),
                        Limit.USERS,
                        5,
                        new BigDecimal("2"),
                        new BigDecimal("4"),
                        null));
        assertThat(code(() -> shop.setAddOn(customer, "packs", "1"))).isEqualTo("/quantity out_of_range");
        assertThat(code(() -> shop.setAddOn(customer, "packs", "5"))).isEqualTo("/quantity out_of_range");
        assertThat(code(() -> shop.setAddOn(customer, "packs", "-1"))).isEqualTo("/quantity out_of_range");
        assertThat(code(() -> shop.setAddOn(customer, "packs", "2.5"))).isEqualTo("/quantity too_precise");
        shop.setAddOn(customer, "packs", "4.000");
        assertThat(shop.facts.seats(shop.scope, customer)).isEqualTo(OptionalInt.of(45));
        assertThat(shop.subscription(customer).limits().users()).isEqualTo(OptionalInt.of(45));
    }

    private static String code(Runnable refused) {
        try {
            refused.run();
        } catch (ProblemException e) {
            return e.problem().errors().isEmpty()
                    ? e.problem().code().code()
                    : e.problem().errors().get(0).pointer()
                            + ' '
                            + e.problem().errors().get(0).code().code();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void anAddOnIsCheckedWhenItIsMade() {
        assertThat(code(() -> shop.addOn("concurrency", "1", null, 0))).isEqualTo("key_taken");
        assertThat(code(() -> shop.addOn("adn_x", "1", null, 0))).isEqualTo("/key malformed");
        assertThat(code(() -> shop.addOn("half", "1.005", null, 0))).isEqualTo("/unitPrice/amount too_precise");
        assertThat(code(() -> shop.addOn("none", "1", Limit.USERS, 0))).isEqualTo("/raisesBy out_of_range");
        assertThat(code(() -> shop.addOns.create(
                        shop.scope, new NewAddOn("x", "X", shop.price("1"), null, 3, null, null, null))))
                .isEqualTo("/raisesBy not_here");
        assertThat(code(() -> shop.addOns.create(
                        shop.scope,
                        new NewAddOn(
                                "x",
                                "X",
                                shop.price("1"),
                                null,
                                null,
                                new BigDecimal("3"),
                                new BigDecimal("2"),
                                null))))
                .isEqualTo("/maxQuantity out_of_range");
        assertThat(shop.addOns.list(shop.scope, new Page.Request(50, null)).items())
                .containsExactly(concurrency);
    }

    @Test
    void aStaleVersionChangesNothing() {
        CustomerId customer = shop.subscriber("0", "scale");
        long version = shop.subscription(customer).version();
        Subscription changed = shop.subscriptions.setAddOn(
                shop.scope, customer, "concurrency", BigDecimal.TEN, OptionalLong.of(version));
        assertThat(changed.version()).isEqualTo(version + 1);
        assertThat(code(() -> shop.subscriptions.setAddOn(
                        shop.scope, customer, "concurrency", BigDecimal.ONE, OptionalLong.of(version))))
                .isEqualTo("stale");
        assertThat(code(() -> shop.addOns.change(
                        shop.scope,
                        concurrency.id(),
                        new NewAddOn(null, "X", shop.price("1"), null, null, null, null, null),
                        OptionalLong.of(7))))
                .isEqualTo("stale");
    }

    @Test
    void whatIsAgainTheSameIsNotWrittenAgain() {
        CustomerId customer = shop.subscriber("0", "scale");
        Subscription first = shop.setAddOn(customer, "concurrency", "10");
        assertThat(shop.setAddOn(customer, "concurrency", "10").version()).isEqualTo(first.version());
        assertThat(shop.setAddOn(customer, "concurrency", "10.00").version()).isEqualTo(first.version());
        assertThat(shop.audited).containsOnlyOnce("subscription.set-add-on");
    }

    @Test
    void anEndedSubscriptionHasNoAddOnsAndCostsNothing() {
        CustomerId customer = shop.subscriber("0", "scale");
        shop.setAddOn(customer, "concurrency", "10");
        shop.subscriptions.cancel(shop.scope, customer, When.NOW);
        assertThat(shop.subscription(customer).addOns()).isEmpty();
        assertThat(shop.subscription(customer).monthlyRecurringCost().amount()).isEqualByComparingTo("0");
        assertThat(code(() -> shop.setAddOn(customer, "concurrency", "1"))).isEqualTo("wrong_status");
        assertThat(shop.choose(customer, "scale").addOns()).isEmpty();
    }

    @Test
    void anotherPlanKeepsTheAddOns() {
        shop.plan("grow", "399.00", BillingCycle.MONTH);
        CustomerId customer = shop.subscriber("0", "scale");
        shop.setAddOn(customer, "concurrency", "10");
        assertThat(shop.choose(customer, "grow").monthlyRecurringCost().amount())
                .isEqualByComparingTo("489");
    }

    @Test
    void aCustomersOwnUsersReadAndDoNotWrite() {
        CustomerId mine = shop.subscriber("0", "scale");
        CustomerId other = shop.subscriber("0", "scale");
        shop.setAddOn(other, "concurrency", "10");
        assertThat(code(() -> shop.subscriptions.setAddOn(
                        shop.scope.only(mine), mine, "concurrency", BigDecimal.ONE, OptionalLong.empty())))
                .isEqualTo("forbidden");
        assertThat(shop.addOns.get(shop.scope.only(mine), "concurrency")).isEqualTo(concurrency);
        assertThat(code(() -> shop.subscriptions.addOn(shop.scope.only(mine), other, "concurrency")))
                .isEqualTo("not_found");
        assertThat(code(() -> shop.subscriptions.addOn(shop.scope, mine, "concurrency")))
                .isEqualTo("not_found");
        EntryMapper rows = shop.database.mapper("plans", EntryMapper.class);
        assertThat(shop.database.transact(shop.scope.only(mine), rows::addOns)).isZero();
        assertThat(shop.database.transact(shop.scope.only(other), rows::addOns)).isEqualTo(1);
    }

    @Test
    void anotherTenantsAddOnIsNone() {
        Shop other = new Shop(postgres);
        other.plan("scale", "799.00", BillingCycle.MONTH);
        CustomerId customer = other.subscriber("0", "scale");
        assertThat(code(() -> other.setAddOn(customer, concurrency.id().toString(), "1")))
                .isEqualTo("not_found");
        assertThatThrownBy(() -> other.addOns.get(other.scope, "concurrency")).hasMessageContaining("not_found");
    }

    @Test
    void anErasedCustomerHasNoAddOns() {
        CustomerId customer = shop.subscriber("0", "scale");
        shop.setAddOn(customer, "concurrency", "10");
        shop.database.run(shop.scope, () -> shop.part.erased(shop.scope, customer));
        assertThat(shop.subscriptions.find(shop.scope, customer).map(Subscription::addOns))
                .isEqualTo(Optional.of(List.of()));
    }

    interface EntryMapper {
        @Select("select amount || ' ' || coalesce(reason, 'null') from credits.entry order by seq")
        List<String> all();

        @Select("select count(*) from plans.subscription_add_on")
        int addOns();
    }
}
