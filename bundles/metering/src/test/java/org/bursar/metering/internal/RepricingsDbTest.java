package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;
import org.bursar.kernel.UsageEventId;
import org.bursar.metering.EventResult;
import org.bursar.metering.ExplainedEvent;
import org.bursar.metering.NewRepricing;
import org.bursar.metering.Repricing;
import org.bursar.metering.StoredEvent;
import org.bursar.metering.UsageDay;
import org.bursar.metering.UsageEvent;
import org.bursar.metering.UsageFilter;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.NewPlanVersion.NewTier;
import org.bursar.plans.RateModel;
import org.bursar.plans.RepricedCycle;
import org.bursar.plans.RepricedMeter;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cycle that is priced anew: ledger, counters and the sums of reports show one charge, whatever happens around it. */
class RepricingsDbTest {
    private static final UsageFilter ALL = new UsageFilter(Optional.empty(), Optional.empty(), Optional.empty());

    private static TestDatabase postgres;
    private Shop shop;
    private CustomerId customer;
    private Instant begun;

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
        customer = shop.customer;
        begun = shop.clock.instant();
        shop.clock.advance(Duration.ofDays(10));
    }

    /** What each of the three shows. */
    interface Books {
        @Select("""
                select coalesce(sum(charge), 0)
                  from metering.usage_hour
                 where tenant_id = #{tenant} and customer_id = #{customer}
                """)
        BigDecimal hours(TenantId tenant, CustomerId customer);

        @Select("""
                select coalesce(sum(charge), 0)
                  from metering.usage_customer_day
                 where tenant_id = #{tenant} and customer_id = #{customer}
                """)
        BigDecimal days(TenantId tenant, CustomerId customer);

        @Select("""
                select coalesce(sum(charge), 0)
                  from plans.usage_cycle
                 where tenant_id = #{tenant} and customer_id = #{customer}
                """)
        BigDecimal counters(TenantId tenant, CustomerId customer);

        @Select("""
                select count(*)
                  from (select h.day, h.meter_id, sum(h.charge) as charge
                          from (select (hour at time zone 'UTC')::date as day, meter_id, charge
                                  from metering.usage_hour
                                 where tenant_id = #{tenant} and customer_id = #{customer}) h
                         group by h.day, h.meter_id) h
                  full join (select day, meter_id, charge
                               from metering.usage_customer_day
                              where tenant_id = #{tenant} and customer_id = #{customer}) d
                    on d.day = h.day and d.meter_id = h.meter_id
                 where h.charge is distinct from d.charge
                """)
        int differingDays(TenantId tenant, CustomerId customer);

        @Select("""
                select amount || ' ' || reference || ' ' || reason
                  from credits.entry
                 where tenant_id = #{tenant} and wallet_id = #{customer} and kind = 2 and reason is not null
                 order by seq
                """)
        List<String> entries(TenantId tenant, CustomerId customer);
    }

    private <T> T read(BiFunction<TenantId, CustomerId, T> books) {
        return shop.database.transact(shop.scope, () -> books.apply(shop.scope.tenant(), customer));
    }

    private Books books() {
        return shop.database.mapper("metering", Books.class);
    }

    private BigDecimal hours() {
        return read(books()::hours);
    }

    private BigDecimal days() {
        return read(books()::days);
    }

    private BigDecimal counters() {
        return read(books()::counters);
    }

    private int differingDays() {
        return read(books()::differingDays);
    }

    private List<String> entries() {
        return read(books()::entries);
    }

    private void use(String id, String meter, String quantity, Instant time) {
        assertThat(shop.report(Shop.event(id, customer, meter, quantity, time)))
                .isInstanceOf(EventResult.Accepted.class);
    }

    private int version(NewRate... rates) {
        return shop.plans
                .addVersion(
                        shop.scope,
                        shop.plans.get(shop.scope, "scale").id(),
                        new NewPlanVersion(
                                new NewPrice(BigDecimal.ZERO, "USD"), BillingCycle.MONTH, List.of(rates), null))
                .number();
    }

    private static NewRate perUnit(String meter, String included, String price) {
        return new NewRate(
                meter, new BigDecimal(included), RateModel.PER_UNIT, new BigDecimal(price), null, null, null);
    }

    private static NewRate tiered(String meter, RateModel model, String upTo, String first, String then) {
        return new NewRate(
                meter,
                null,
                model,
                null,
                List.of(
                        new NewTier(new BigDecimal(upTo), new BigDecimal(first)),
                        new NewTier(null, new BigDecimal(then))),
                null,
                null);
    }

    private NewRepricing by(Integer version) {
        return new NewRepricing(begun, null, version, "a digit was wrong");
    }

    private Repricing reprice(Integer version) {
        return shop.repricings.reprice(shop.scope, customer, by(version));
    }

    /** One sum, wherever one looks, and nothing that the version would change. */
    private void equalBooks(int version) {
        BigDecimal charged = shop.balance(customer).negate();
        assertThat(hours()).isEqualByComparingTo(charged);
        assertThat(days()).isEqualByComparingTo(charged);
        assertThat(differingDays()).isZero();
        RepricedCycle again = shop.repricings.preview(shop.scope, customer, by(version));
        assertThat(again.meters())
                .allSatisfy(meter -> assertThat(meter.difference()).isEqualByComparingTo(BigDecimal.ZERO));
        assertThat(again.meters().stream().map(RepricedMeter::charge).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(charged);
    }

    @Test
    void theDifferenceIsPostedOnceAndReportsShowIt() {
        use("e1", "voice-minutes", "600", begun.plus(Duration.ofHours(1)));
        use("e2", "voice-minutes", "200", begun.plus(Duration.ofDays(3)));
        assertThat(shop.balance(customer)).isEqualByComparingTo("-25.5");
        version(perUnit("voice-minutes", "500", "0.05"));
        Repricing repricing = reprice(null);
        assertThat(repricing.planVersion()).isEqualTo(2);
        assertThat(repricing.difference()).isEqualByComparingTo("-10.5");
        assertThat(shop.balance(customer)).isEqualByComparingTo("-15");
        assertThat(entries()).containsExactly("10.500000 " + repricing.id() + " Repriced: a digit was wrong");
        List<UsageDay> days = shop.usage
                .days(shop.scope, customer, ALL, new Page.Request(50, null))
                .items();
        // 10.5 less, three quarters of it where three quarters were used: 17 - 2.625 and 8.5 - 7.875
        assertThat(days)
                .extracting(day -> day.day() + " " + day.charge().stripTrailingZeros() + " " + day.events())
                .containsExactly("2026-11-24 14.375 1", "2026-11-21 0.625 1");
        equalBooks(2);
        assertThat(shop.repricings.get(shop.scope, customer, repricing.id())).isEqualTo(repricing);
        assertThat(shop.audited).contains("usage.reprice");
        // ids of one millisecond are in no order
        shop.clock.advance(Duration.ofSeconds(1));
        Repricing again = reprice(null);
        assertThat(again.difference()).isEqualByComparingTo("0");
        assertThat(entries()).hasSize(1);
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
        shop.clock.advance(Duration.ofSeconds(1));
        Repricing third = reprice(1);
        Page<Repricing> page = shop.repricings.list(shop.scope, customer, new Page.Request(2, null));
        assertThat(page.items()).containsExactly(third, again);
        assertThat(shop.repricings
                        .list(shop.scope, customer, new Page.Request(2, page.next()))
                        .items())
                .containsExactly(repricing);
    }

    @Test
    void aLateEventIsRatedByTheNewPricesAndAnExplanationNamesTheRepricingsSince() {
        use("e1", "voice-minutes", "600", begun.plus(Duration.ofHours(1)));
        version(perUnit("voice-minutes", "0", "0.1"));
        shop.clock.advance(Duration.ofDays(25));
        Repricing first = reprice(null);
        shop.clock.advance(Duration.ofSeconds(1));
        use("late", "voice-minutes", "10", begun.plus(Duration.ofDays(5)));
        assertThat(shop.balance(customer)).isEqualByComparingTo("-61");
        equalBooks(2);
        shop.clock.advance(Duration.ofSeconds(1));
        Repricing second = reprice(1);
        assertThat(shop.balance(customer)).isEqualByComparingTo("-9.35");
        ExplainedEvent early = explain("e1");
        assertThat(early.charge()).isEqualByComparingTo("8.5");
        assertThat(early.basis().version()).isEqualTo(1);
        assertThat(early.repricings()).containsExactly(first.id(), second.id());
        ExplainedEvent late = explain("late");
        assertThat(late.explanation().charge()).isEqualByComparingTo("1");
        assertThat(late.basis().version()).isEqualTo(2);
        assertThat(late.repricings()).containsExactly(second.id());
        // the cycle that runs has nothing of it
        use("now", "voice-minutes", "501", shop.clock.instant());
        assertThat(explain("now").charge()).isEqualByComparingTo("0.085");
        assertThat(explain("now").repricings()).isEmpty();
    }

    private ExplainedEvent explain(String id) {
        for (StoredEvent event : shop.usage
                .events(shop.scope, customer, ALL, new Page.Request(50, null))
                .items()) {
            if (event.id().equals(id)) {
                return shop.usage.explain(shop.scope, customer, new UsageEventId(event.eventId()));
            }
        }
        throw new AssertionError("no event " + id);
    }

    @Test
    void whatWasUsedInNoHourOfTheCycleIsShownInItsFirst() {
        use("before", "calls", "7", begun.minus(Duration.ofDays(2)));
        use("free", "voice-minutes", "-3", begun.plus(Duration.ofDays(1)));
        version(perUnit("calls", "0", "3"));
        assertThat(reprice(null).difference()).isEqualByComparingTo("2");
        equalBooks(2);
        List<UsageDay> days = shop.usage
                .days(shop.scope, customer, ALL, new Page.Request(50, null))
                .items();
        assertThat(days)
                .extracting(day -> day.day() + " " + day.meterKey() + " " + day.events() + " "
                        + day.charge().setScale(0))
                .containsExactly("2026-11-22 voice-minutes 1 0", "2026-11-21 calls 0 2", "2026-11-19 calls 1 1");
    }

    @Test
    void customersOwnCallersReadAndDoNotWriteAndOthersFindNothing() {
        use("e1", "calls", "7", begun.plus(Duration.ofDays(2)));
        version(perUnit("calls", "0", "3"));
        Repricing repricing = reprice(null);
        Scope own = shop.scope.only(customer);
        assertThat(shop.repricings.get(own, customer, repricing.id())).isEqualTo(repricing);
        assertThat(shop.repricings
                        .list(own, customer, new Page.Request(50, null))
                        .items())
                .containsExactly(repricing);
        assertThat(code(() -> shop.repricings.reprice(own, customer, by(1)))).isEqualTo("forbidden");
        assertThat(code(() -> shop.repricings.preview(own, customer, by(1)))).isEqualTo("forbidden");
        CustomerId other = shop.newCustomer();
        Scope others = shop.scope.only(other);
        assertThat(code(() -> shop.repricings.get(others, customer, repricing.id())))
                .isEqualTo("not_found");
        assertThat(code(() -> shop.repricings.get(shop.scope, other, repricing.id())))
                .isEqualTo("not_found");
        assertThat(code(() -> shop.repricings.list(others, customer, new Page.Request(5, null))))
                .isEqualTo("not_found");
        CustomerId nobody = new CustomerId(TypeId.next(shop.clock));
        assertThat(code(() -> shop.repricings.reprice(shop.scope, nobody, by(1))))
                .isEqualTo("not_found");
        assertThatThrownBy(() -> shop.repricings.reprice(shop.scope, customer, new NewRepricing(null, null, 0, " ")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors())
                                .extracting(error -> error.pointer())
                                .containsExactly("/cycle", "/version", "/reason"));
        assertThat(code(() -> shop.repricings.get(shop.scope, customer, new RepricingId(new UUID(1, 1)))))
                .isEqualTo("not_found");
    }

    private static String code(Runnable refused) {
        try {
            refused.run();
        } catch (ProblemException e) {
            return e.problem().code().code();
        }
        throw new AssertionError("it was not refused");
    }

    private int versions() {
        version(
                tiered("voice-minutes", RateModel.VOLUME, "300", "0.2", "0.05"),
                tiered("tokens", RateModel.GRADUATED, "1000", "0.000007", "0.0000013"));
        version(new NewRate(
                "voice-minutes",
                new BigDecimal("5"),
                RateModel.PACKAGE,
                null,
                null,
                new BigDecimal("3.333333"),
                new BigDecimal("7")));
        return version(perUnit("voice-minutes", "0", "0.001"), perUnit("tokens", "100", "0.00000033"));
    }

    @Test
    void afterAnyUsageCorrectionsResetsAndRepricingsThereIsOneSum() {
        int most = versions();
        Random random = new Random(20_261_122);
        for (int round = 0; round < 4; round++) {
            customer = shop.newCustomer();
            begun = shop.clock.instant();
            shop.clock.advance(Duration.ofDays(3));
            int last = most;
            for (int step = 0; step < 40; step++) {
                shop.clock.advance(Duration.ofMinutes(1 + random.nextInt(600)));
                int what = random.nextInt(10);
                if (what == 0) {
                    shop.subscriptions.reset(shop.scope, customer, "again");
                } else if (what < 3) {
                    last = 1 + random.nextInt(most);
                    BigDecimal foretold = shop.repricings
                            .preview(shop.scope, customer, by(last))
                            .difference();
                    assertThat(reprice(last).difference()).isEqualByComparingTo(foretold);
                } else {
                    report(random, round + "-" + step);
                }
                equalBooks(last);
            }
        }
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }

    /** Usage of several times in one report, with a correction now and then. */
    private void report(Random random, String id) {
        List<UsageEvent> events = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            BigDecimal quantity = BigDecimal.valueOf(random.nextInt(200_000_000) - 40_000_000, 6);
            Instant time = shop.clock.instant().minusSeconds(random.nextInt(200_000));
            events.add(Shop.event(
                    id + "-" + i,
                    customer,
                    random.nextBoolean() ? "voice-minutes" : "tokens",
                    quantity.toPlainString(),
                    time));
        }
        assertThat(shop.usage.report(shop.scope, events)).allMatch(EventResult.Accepted.class::isInstance);
    }

    @Test
    void twoNodesThatReportAndRepriceAtOnceLeaveOneSum() throws Exception {
        versions();
        List<StoredUsage> nodes = List.of(shop.node(), shop.node());
        ExecutorService pool = Executors.newFixedThreadPool(12);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < 12; thread++) {
                int number = thread;
                work.add(pool.submit(() -> {
                    for (int i = 0; i < 12; i++) {
                        if (number % 4 == 0) {
                            reprice(1 + (number / 4 + i) % 4);
                        } else {
                            nodes.get(number % 2)
                                    .report(
                                            shop.scope,
                                            List.of(
                                                    Shop.event(
                                                            "v" + number + "-" + i, customer, "voice-minutes", "31.7"),
                                                    Shop.event("t" + number + "-" + i, customer, "tokens", "977")));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        BigDecimal counted = counters();
        assertThat(shop.balance(customer).negate()).isEqualByComparingTo(counted);
        reprice(4);
        equalBooks(4);
        assertThat(shop.walk.verify(shop.scope).sound()).isTrue();
    }
}
