package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.apache.ibatis.annotations.Select;
import org.bursar.credits.PlanSales;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That what is written of each change adds up to what subscriptions bring, and says what kind of change it was. */
class MrrMovementsDbTest {
    private static final List<String> PLANS = List.of("free", "small", "big", "year", "trial", "euro");
    private static final int STEPS = 150;

    private static TestDatabase postgres;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /** A row as it was written. */
    record Row(
            CustomerId customerId,
            String currency,
            String kind,
            int subscriptions,
            BigDecimal amount,
            Instant happenedAt) {}

    /** What a customer brings in a currency. */
    record Brings(int subscriptions, BigDecimal monthly) {}

    interface Reads {
        @Select("""
                select customer_id, currency, kind, subscriptions, amount, happened_at
                  from plans.mrr_movement
                 order by customer_id, currency, number
                """)
        List<Row> rows();

        @Select("select count(*) from plans.mrr_movement_report")
        long reported();
    }

    /** One tenant whose customers do all that can be done with subscriptions. */
    private static final class Story {
        final Shop shop = new Shop(postgres);
        final Random random;
        final RenewalJob renewals = shop.renewals();
        final SoldPlans sales = new SoldPlans(
                shop.database, shop, shop, shop, TenantClocks.same(shop.clock), shop, shop.ledger, shop, renewals);
        final List<CustomerId> customers = new ArrayList<>();
        int steps;

        Story(long seed) {
            random = new Random(seed);
            shop.plan("free", "0", BillingCycle.MONTH);
            shop.plan("small", "10.00", BillingCycle.MONTH);
            shop.plan("big", "99.99", BillingCycle.MONTH);
            shop.plan("year", "500.00", BillingCycle.YEAR);
            NewPlanVersion terms = shop.terms("49.00", BillingCycle.MONTH);
            shop.plans.create(
                    shop.scope,
                    new NewPlan(
                            "trial",
                            "trial",
                            new NewPlanVersion(
                                    terms.price(),
                                    terms.cycle(),
                                    terms.rates(),
                                    terms.limits(),
                                    null,
                                    new NewPayment(14, 7, null))));
            shop.addOn("seats", "3.33", null, 0);
            shop.unit = "EUR";
            shop.plan("euro", "20.00", BillingCycle.MONTH);
            shop.unit = "USD";
            for (int i = 0; i < 6; i++) {
                customers.add(shop.customerWith(random.nextBoolean() ? "100000" : "30"));
            }
        }

        Reads reads() {
            return shop.database.mapper("plans", Reads.class);
        }

        List<Row> rows(Scope scope) {
            return shop.database.transact(scope, () -> reads().rows());
        }

        void step() {
            CustomerId customer = customers.get(random.nextInt(customers.size()));
            String plan = PLANS.get(random.nextInt(PLANS.size()));
            When when = random.nextInt(4) == 0 ? When.CYCLE_END : When.NOW;
            try {
                switch (random.nextInt(12)) {
                    case 0, 1, 2 -> shop.subscriptions.choose(shop.scope, customer, plan, when, OptionalLong.empty());
                    case 3, 4 -> shop.setAddOn(customer, "seats", Integer.toString(random.nextInt(4)));
                    case 5 -> shop.subscriptions.lock(shop.scope, customer, "asked for");
                    case 6 -> shop.subscriptions.unlock(shop.scope, customer);
                    case 7 -> shop.subscriptions.cancel(shop.scope, customer, when);
                    case 8 ->
                        shop.subscriptions.override(
                                shop.scope,
                                customer,
                                random.nextBoolean()
                                        ? NewOverrides.NONE
                                        : new NewOverrides(shop.price("7.50"), null, null, when),
                                OptionalLong.empty());
                    case 9 -> sell(customer, plan);
                    default -> {
                        shop.clock.advance(Duration.ofHours(random.nextInt(24 * 12)));
                        renewals.run();
                    }
                }
                steps++;
            } catch (ProblemException refused) {
                assertThat(refused.problem().code().status()).isBetween(400, 499);
            }
        }

        private void sell(CustomerId customer, String plan) {
            PurchaseId sale = PurchaseId.next(shop.clock);
            PlanSales.Offer offer = sales.offer(shop.scope, customer, plan);
            sales.begin(shop.scope, customer, sale, offer.plan(), offer.version());
            if (random.nextBoolean()) {
                sales.ended(shop.scope, customer, sale);
            }
        }

        /** What each customer brings by what its subscription says, told apart from how the rows were made. */
        Map<String, Brings> now() {
            Map<String, Brings> brings = new TreeMap<>();
            for (CustomerId customer : customers) {
                Optional<Subscription> found = shop.subscriptions.find(shop.scope, customer);
                if (found.isEmpty()
                        || found.get().status() != SubscriptionStatus.ACTIVE
                                && found.get().status() != SubscriptionStatus.PAST_DUE) {
                    continue;
                }
                Subscription one = found.get();
                BigDecimal month = one.cycle() == BillingCycle.YEAR
                        ? one.price().amount().divide(BigDecimal.valueOf(12), 6, RoundingMode.HALF_EVEN)
                        : one.price().amount();
                BigDecimal addOns = one.addOns().stream()
                        .map(addOn -> addOn.monthlyCost())
                        .filter(cost -> cost.currency().equals(one.price().currency()))
                        .map(cost -> cost.amount())
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                brings.put(
                        customer + " " + one.price().currency(),
                        new Brings(1, month.add(addOns).setScale(6, RoundingMode.UNNECESSARY)));
            }
            return brings;
        }

        /** The sums of the rows, while each is looked at beside those before it. */
        Map<String, Brings> summed() {
            Map<String, Brings> sums = new TreeMap<>();
            Map<String, Boolean> paidBefore = new HashMap<>();
            Instant last = Instant.EPOCH;
            CustomerId of = null;
            for (Row row : rows(shop.scope)) {
                String key = row.customerId() + " " + row.currency();
                Brings before = sums.getOrDefault(key, new Brings(0, BigDecimal.ZERO));
                Brings after = new Brings(
                        before.subscriptions() + row.subscriptions(),
                        before.monthly().add(row.amount()));
                assertThat(row.kind())
                        .isEqualTo(kind(before.monthly(), after.monthly(), paidBefore.getOrDefault(key, false)));
                if (row.customerId().equals(of) && sums.containsKey(key)) {
                    assertThat(row.happenedAt()).isAfterOrEqualTo(last);
                }
                of = row.customerId();
                last = row.happenedAt();
                sums.put(key, after);
                paidBefore.merge(key, after.monthly().signum() > 0, Boolean::logicalOr);
            }
            sums.values()
                    .removeIf(one -> one.subscriptions() == 0 && one.monthly().signum() == 0);
            return sums;
        }

        private static String kind(BigDecimal before, BigDecimal after, boolean paidBefore) {
            int more = after.compareTo(before);
            if (more == 0) {
                return null;
            }
            if (before.signum() == 0) {
                return paidBefore ? "REACTIVATION" : "NEW";
            }
            return after.signum() == 0 ? "CHURN" : more > 0 ? "EXPANSION" : "CONTRACTION";
        }
    }

    @Test
    void whateverHappensTheMovementsAddUpToWhatSubscriptionsBring() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (long seed = 1; seed <= 4; seed++) {
            Story story = new Story(seed);
            for (int i = 0; i < STEPS; i++) {
                story.step();
                assertThat(story.summed()).as("seed %d, step %d", seed, i).isEqualTo(story.now());
            }
            story.rows(story.shop.scope).forEach(row -> kinds.merge(String.valueOf(row.kind()), 1, Integer::sum));
            assertThat(story.steps).as("steps that were not refused").isGreaterThan(STEPS / 2);
        }
        // a story in which nothing of a kind happened would say nothing about it
        assertThat(kinds)
                .containsOnlyKeys("NEW", "EXPANSION", "CONTRACTION", "CHURN", "REACTIVATION", "null")
                .allSatisfy((kind, times) -> assertThat(times).as(kind).isGreaterThan(3));
    }

    @Test
    void movementsAreOfOneTenantAndOfOneCustomer() {
        Story one = new Story(11);
        Story other = new Story(12);
        CustomerId first = one.customers.get(0);
        CustomerId second = one.customers.get(1);
        one.shop.choose(first, "small");
        one.shop.choose(second, "big");
        other.shop.choose(other.customers.get(0), "year");

        assertThat(one.rows(one.shop.scope)).extracting(Row::customerId).containsExactlyInAnyOrder(first, second);
        assertThat(one.rows(one.shop.scope.only(first)))
                .extracting(Row::customerId)
                .containsExactly(first);
        assertThat(one.shop.database.transact(
                        one.shop.scope.only(first), () -> one.reads().reported()))
                .isEqualTo(1);
        assertThat(other.rows(other.shop.scope))
                .singleElement()
                .satisfies(row -> assertThat(row.amount()).isEqualByComparingTo("41.666667"));
    }

    @Test
    void aChangeAndItsMovementAreOneTransaction() {
        Story story = new Story(21);
        CustomerId customer = story.customers.get(0);
        assertThatThrownBy(() -> story.shop.database.run(story.shop.scope, () -> {
                    story.shop.choose(customer, "small");
                    throw new IllegalStateException("after the change");
                }))
                .hasMessage("after the change");
        assertThat(story.rows(story.shop.scope)).isEmpty();
        assertThat(story.now()).isEmpty();
    }

    @Test
    void theTwelfthOfAYearIsRoundedHalfEven() {
        Story story = new Story(31);
        story.shop.unit = "CRD"; // a unit of the tenant's own, which has 6 places
        story.shop.plan("tie-down", "0.000030", BillingCycle.YEAR); // 2.5 millionths
        story.shop.plan("tie-up", "0.000042", BillingCycle.YEAR); // 3.5 millionths
        story.shop.plan("more", "0.000031", BillingCycle.YEAR);
        story.shop.choose(story.customers.get(0), "tie-down");
        story.shop.choose(story.customers.get(1), "tie-up");
        story.shop.choose(story.customers.get(2), "more");
        assertThat(story.summed()).isEqualTo(story.now());
        assertThat(story.now().values())
                .extracting(Brings::monthly)
                .containsExactlyInAnyOrder(
                        new BigDecimal("0.000002"), new BigDecimal("0.000004"), new BigDecimal("0.000003"));
    }

    /** What the migration does with subscriptions that are there already, by its own statements. */
    @Test
    void theCountBeginsWithWhatIsThere() throws IOException {
        Story story = new Story(41);
        Shop shop = story.shop;
        List<CustomerId> who = story.customers;
        who.forEach(customer -> shop.pay(customer, "1000"));
        shop.choose(who.get(0), "big");
        shop.setAddOn(who.get(0), "seats", "2");
        shop.choose(who.get(1), "small");
        shop.subscriptions.lock(shop.scope, who.get(1), "asked for");
        shop.choose(who.get(2), "small");
        shop.subscriptions.cancel(shop.scope, who.get(2), When.NOW);
        shop.choose(who.get(3), "trial");
        String sql;
        try (InputStream file = getClass().getResourceAsStream("/db/migration/V012__mrr_movements.sql")) {
            sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        String begin = "alter table plans.plan no force row level security;";
        String end = "create index mrr_movement_opening";
        postgres.executeAsOwner(
                "alter table plans.mrr_movement no force row level security; delete from plans.mrr_movement; "
                        + sql.substring(sql.indexOf(begin), sql.indexOf(end))
                        + "alter table plans.mrr_movement force row level security;");

        Map<CustomerId, BigDecimal> opening = new HashMap<>();
        for (Row row : story.rows(shop.scope)) {
            assertThat(row.kind()).isEqualTo("OPENING");
            assertThat(row.subscriptions()).isEqualTo(row.amount().signum());
            opening.put(row.customerId(), row.amount());
        }
        assertThat(opening)
                .isEqualTo(Map.of(
                        who.get(0), new BigDecimal("106.650000"),
                        who.get(1), new BigDecimal("0.000000"),
                        who.get(2), new BigDecimal("0.000000")));

        shop.subscriptions.unlock(shop.scope, who.get(1));
        shop.choose(who.get(2), "small");
        shop.clock.advance(Duration.ofDays(15));
        story.renewals.run();
        shop.setAddOn(who.get(0), "seats", "0");
        Map<CustomerId, String> kinds = new HashMap<>();
        story.rows(shop.scope).forEach(row -> kinds.put(row.customerId(), row.kind()));
        assertThat(kinds)
                .isEqualTo(Map.of(
                        who.get(0), "CONTRACTION",
                        who.get(1), "REACTIVATION",
                        who.get(2), "REACTIVATION",
                        who.get(3), "NEW"));
    }
}
