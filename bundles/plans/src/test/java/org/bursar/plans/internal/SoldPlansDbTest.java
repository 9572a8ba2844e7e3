package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bursar.credits.PlanSales;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What plans do for whoever collects their price: offers, beginnings, waiting, and ends. */
class SoldPlansDbTest {
    private static TestDatabase postgres;
    private Shop shop;
    private SoldPlans sales;
    private RenewalJob renewals;
    private PurchaseId sale;

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
        renewals = shop.renewals();
        sales = new SoldPlans(
                shop.database, shop, shop, shop, TenantClocks.same(shop.clock), shop, shop.ledger, shop, renewals);
        sale = PurchaseId.next(shop.clock);
        shop.plan("small", "100.00", BillingCycle.MONTH);
        shop.plan("year", "900.00", BillingCycle.YEAR);
    }

    private Subscription begin(CustomerId customer, String plan, PurchaseId by) {
        PlanSales.Offer offer = sales.offer(shop.scope, customer, plan);
        sales.begin(shop.scope, customer, by, offer.plan(), offer.version());
        return shop.subscription(customer);
    }

    private void refused(String code, String plan, CustomerId customer) {
        assertThatThrownBy(() -> sales.offer(shop.scope, customer, plan))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code().code()).isEqualTo(code));
    }

    @Test
    void anOfferTellsWhatACycleCostsTheCustomer() {
        CustomerId customer = shop.customerWith("0");
        PlanSales.Offer offer = sales.offer(shop.scope, customer, "year");
        assertThat(offer.price()).isEqualByComparingTo("900");
        assertThat(offer.currency()).isEqualTo("USD");
        assertThat(offer.cycle()).isEqualTo(Period.ofYears(1));
        assertThat(shop.subscriptions.find(shop.scope, customer)).isEmpty();
    }

    @Test
    void whatAProviderCannotCollectIsNotOffered() {
        NewPlanVersion terms = shop.terms("100.00", BillingCycle.MONTH);
        shop.plans.create(
                shop.scope,
                new NewPlan(
                        "calendar",
                        "calendar",
                        new NewPlanVersion(
                                terms.price(),
                                terms.cycle(),
                                terms.rates(),
                                terms.limits(),
                                null,
                                new NewPayment(null, null, null, CycleStart.CALENDAR, null))));
        shop.plan("free", "0", BillingCycle.MONTH);
        CustomerId customer = shop.customerWith("0");
        for (String plan : List.of("calendar", "free", "unheard")) {
            refused("invalid", plan, customer);
        }
        CustomerId locked = shop.subscriber("0", "small");
        shop.subscriptions.lock(shop.scope, locked, "unpaid invoice");
        refused("wrong_status", "small", locked);
        CustomerId owing = shop.subscriber("0", "small");
        shop.clock.advance(Duration.ofDays(40));
        renewals.run();
        refused("wrong_status", "small", owing);
    }

    @Test
    void aPlanBeginsOnceWithACycleThatIsCharged() {
        CustomerId customer = shop.customerWith("100");
        Subscription begun = begin(customer, "small", sale);
        assertThat(begun.paidUntil()).isEqualTo(Instant.parse("2026-02-28T10:00:00Z"));
        assertThat(shop.balance(customer)).isEqualByComparingTo("0");

        sales.begin(shop.scope, customer, sale, begun.plan(), 1);
        assertThat(shop.subscription(customer).version()).isEqualTo(begun.version());
        assertThat(sales.wanted(shop.scope, List.of(customer))).isEqualTo(Map.of(customer, sale));
    }

    @Test
    void aRunningCycleIsCutShortAndWhatWasPaidOfItIsGivenBack() {
        CustomerId customer = shop.customerWith("100");
        begin(customer, "small", sale);
        shop.clock.advance(Duration.ofDays(14));
        shop.pay(customer, "900");
        Subscription longer = begin(customer, "year", PurchaseId.next(shop.clock));

        assertThat(longer.planKey()).isEqualTo("year");
        assertThat(longer.paidUntil()).isEqualTo(Instant.parse("2027-02-14T10:00:00Z"));
        assertThat(shop.balance(customer)).isEqualByComparingTo("50");
        sales.ended(shop.scope, customer, sale);
        assertThat(shop.subscription(customer).cancelAtEnd())
                .as("the first sale's end is not the second's")
                .isFalse();
    }

    @Test
    void whoHasComeToOweACycleGetsThePlanWithThatCycle() {
        CustomerId customer = shop.subscriber("0", "small");
        PlanSales.Offer offer = sales.offer(shop.scope, customer, "year");
        shop.clock.set(Instant.parse("2026-03-10T10:00:00Z"));
        renewals.run();
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        shop.pay(customer, "900");
        sales.begin(shop.scope, customer, sale, offer.plan(), offer.version());

        assertThat(shop.subscription(customer).planKey()).isEqualTo("year");
        assertThat(shop.subscription(customer).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.subscription(customer).paidUntil()).isEqualTo(Instant.parse("2027-02-28T10:00:00Z"));
        assertThat(shop.balance(customer)).isEqualByComparingTo("0");
    }

    @Test
    void aRenewalWaitsThreeDaysForTheProviderAndNotAtAllOnceItFailed() {
        CustomerId waiting = shop.customerWith("100");
        CustomerId failed = shop.customerWith("100");
        PurchaseId other = PurchaseId.next(shop.clock);
        Instant due = begin(waiting, "small", sale).paidUntil();
        begin(failed, "small", other);
        sales.failing(shop.scope, failed, other, true);
        shop.clock.set(due);
        renewals.run();
        assertThat(shop.subscription(waiting).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.subscription(failed).status()).isEqualTo(SubscriptionStatus.PAST_DUE);

        shop.clock.set(due.plus(Duration.ofDays(3)).minusMillis(1));
        renewals.run();
        assertThat(shop.subscription(waiting).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        shop.clock.advance(Duration.ofMillis(1));
        renewals.run();
        assertThat(shop.subscription(waiting).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        shop.pay(waiting, "100");
        renewals.run();
        assertThat(shop.subscription(waiting).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.subscription(waiting).paidUntil()).isEqualTo(Instant.parse("2026-03-31T10:00:00Z"));
    }

    @Test
    void nobodyElseIsChargedForWhatTheProviderBrings() {
        CustomerId customer = shop.customerWith("100");
        begin(customer, "small", sale);
        SubscriptionOutlook outlook = new SubscriptionOutlook(shop.subscriptions);
        assertThat(outlook.next(shop.scope, customer)).isEmpty();
        sales.failing(shop.scope, customer, sale, true);
        assertThat(outlook.next(shop.scope, customer)).isPresent();
        sales.failing(shop.scope, customer, sale, false);
        sales.released(shop.scope, customer, sale);
        assertThat(outlook.next(shop.scope, customer)).isPresent();
    }

    @Test
    void anEndAtTheProviderEndsThePlanWithWhatIsPaidAndOneOfOursLeavesItToTheWallet() {
        CustomerId ended = shop.customerWith("100");
        begin(ended, "small", sale);
        sales.ended(shop.scope, ended, sale);
        assertThat(shop.subscription(ended).cancelAtEnd()).isTrue();
        assertThat(shop.subscription(ended).collection()).isEmpty();

        CustomerId released = shop.customerWith("100");
        PurchaseId other = PurchaseId.next(shop.clock);
        begin(released, "small", other);
        sales.released(shop.scope, released, other);
        assertThat(shop.subscription(released).cancelAtEnd()).isFalse();
        assertThat(shop.subscription(released).collection()).isEmpty();
        assertThat(sales.wanted(shop.scope, List.of(ended, released))).isEmpty();
    }

    @Test
    void whatEndsOrIsDeletedIsWantedNoMore() {
        CustomerId ending = shop.customerWith("100");
        begin(ending, "small", sale);
        shop.subscriptions.cancel(shop.scope, ending, When.CYCLE_END);
        CustomerId deleted = shop.customerWith("100");
        begin(deleted, "small", PurchaseId.next(shop.clock));
        shop.delete(deleted);
        assertThat(sales.wanted(shop.scope, List.of(ending, deleted))).isEmpty();

        CustomerId again = shop.customerWith("100");
        begin(again, "small", PurchaseId.next(shop.clock));
        shop.subscriptions.cancel(shop.scope, again, When.NOW);
        shop.subscriptions.choose(shop.scope, again, "small", When.NOW, OptionalLong.empty());
        assertThat(shop.subscription(again).collection())
                .as("who begins again begins without the card")
                .isEmpty();
    }
}
