package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.CycleStart;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.PlanPreview;
import org.bursar.plans.Subscription;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans whose cycles begin with the month, and plans whose cycles bring credit. */
class CalendarCyclesDbTest {
    private static TestDatabase postgres;

    private Shop shop;
    private Entries entries;

    /** What is in wallets. */
    interface Entries {
        @Select(
                "select trim_scale(amount)::text || ' ' || kind from credits.entry_view where customer_id = #{customer} order by seq")
        List<String> of(CustomerId customer);

        @Select("""
                select trim_scale(granted) || ' until ' || to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                  from credits.lot where wallet_id = #{customer} and kind = 10 order by seq
                """)
        List<String> allowances(CustomerId customer);
    }

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void open() {
        shop = new Shop(postgres);
        shop.zone = ZoneId.of("America/New_York");
        shop.clock.set(Instant.parse("2026-01-15T05:00:00Z"));
        entries = shop.database.mapper("plans", Entries.class);
    }

    private void plan(
            String key, String price, BillingCycle cycle, @Nullable Integer trial, CycleStart start, String allowance) {
        shop.plans.create(
                shop.scope,
                new NewPlan(
                        key,
                        key,
                        new NewPlanVersion(
                                new NewPrice(new BigDecimal(price), "USD"),
                                cycle,
                                List.of(),
                                null,
                                null,
                                new NewPayment(trial, null, null, start, new BigDecimal(allowance)))));
    }

    private String entries(CustomerId customer) {
        return shop.database.transact(
                shop.scope, () -> entries.of(customer).stream().collect(Collectors.joining(", ")));
    }

    private List<String> allowances(CustomerId customer) {
        return shop.database.transact(shop.scope, () -> entries.allowances(customer));
    }

    private void renewAt(String instant) {
        shop.clock.set(Instant.parse(instant));
        shop.renewals().run();
    }

    @Test
    void theFirstCycleEndsWithTheMonthOfTheTenantsZoneAndThenMonthsFollow() {
        plan("desk", "30", BillingCycle.MONTH, null, CycleStart.CALENDAR, "0");
        CustomerId customer = shop.subscriber("100", "desk");
        Subscription stub = shop.subscription(customer);
        assertThat(stub.cycleFrom()).isEqualTo("2026-01-15T05:00:00Z");
        assertThat(stub.cycleTo()).isEqualTo("2026-02-01T05:00:00Z");
        assertThat(stub.paidUntil()).isEqualTo("2026-02-01T05:00:00Z");
        renewAt("2026-02-01T05:00:00Z");
        assertThat(shop.subscription(customer).cycleTo()).isEqualTo("2026-03-01T05:00:00Z");
        // the clocks are put forward in March
        renewAt("2026-03-01T05:00:00Z");
        assertThat(shop.subscription(customer).cycleTo()).isEqualTo("2026-04-01T04:00:00Z");
        shop.renewals().run();
        assertThat(entries(customer)).isEqualTo("100 purchase, -30 renewal, -30 renewal");
    }

    @Test
    void afterATrialWhatIsLeftOfTheMonthCostsItsPartAndThePreviewSaysSo() {
        plan("tried", "28", BillingCycle.MONTH, 31, CycleStart.CALENDAR, "0");
        CustomerId customer = shop.customerWith("100");
        PlanPreview preview = shop.subscriptions.preview(shop.scope, customer, "tried", null);
        assertThat(preview.renewsAt()).isEqualTo("2026-02-15T05:00:00Z");
        assertThat(preview.nextRenewal().amount()).isEqualByComparingTo("14");
        shop.choose(customer, "tried");
        renewAt("2026-02-15T05:00:00Z");
        assertThat(entries(customer)).isEqualTo("100 purchase, -14 renewal");
        assertThat(shop.subscription(customer).cycleFrom()).isEqualTo("2026-02-15T05:00:00Z");
        assertThat(shop.subscription(customer).cycleTo()).isEqualTo("2026-03-01T05:00:00Z");
        renewAt("2026-03-01T05:00:00Z");
        assertThat(entries(customer)).isEqualTo("100 purchase, -14 renewal, -28 renewal");
    }

    @Test
    void aChangeToACalendarPlanBeginsAStubAndCostsWhatItsPreviewSaid() {
        plan("loose", "28", BillingCycle.MONTH, null, CycleStart.ANNIVERSARY, "0");
        plan("fixed", "56", BillingCycle.MONTH, null, CycleStart.CALENDAR, "0");
        CustomerId customer = shop.subscriber("1000", "loose");
        renewAt("2026-02-15T05:00:00Z");
        PlanPreview preview = shop.subscriptions.preview(shop.scope, customer, "fixed", When.NOW);
        assertThat(preview.newCycle()).isTrue();
        assertThat(preview.charged().amount()).isEqualByComparingTo("28");
        assertThat(preview.credited().amount()).isEqualByComparingTo("28");
        assertThat(preview.cycleTo()).isEqualTo("2026-03-01T05:00:00Z");
        shop.clock.set(Instant.parse("2026-02-22T05:00:00Z"));
        preview = shop.subscriptions.preview(shop.scope, customer, "fixed", When.NOW);
        BigDecimal before = shop.balance(customer);
        shop.subscriptions.choose(shop.scope, customer, "fixed", When.NOW, OptionalLong.empty());
        assertThat(preview.charged().amount()).isEqualByComparingTo("14");
        assertThat(shop.balance(customer).subtract(before))
                .isEqualByComparingTo(preview.entries().get(0).amount());
        // what was paid for the stub is given back by its part of the month
        shop.clock.set(Instant.parse("2026-02-25T17:00:00Z"));
        assertThat(shop.subscriptions
                        .preview(shop.scope, customer, "loose", When.NOW)
                        .credited()
                        .amount())
                .isEqualByComparingTo("7");
        renewAt("2026-03-01T05:00:00Z");
        assertThat(entries(customer)).endsWith("-56 renewal");
        assertThat(shop.subscription(customer).cycleTo()).isEqualTo("2026-04-01T04:00:00Z");
    }

    @Test
    void aChangeAtTheCyclesEndBeginsWithItsOwnStub() {
        plan("loose", "28", BillingCycle.MONTH, null, CycleStart.ANNIVERSARY, "0");
        plan("fixed", "28", BillingCycle.MONTH, null, CycleStart.CALENDAR, "0");
        CustomerId customer = shop.subscriber("1000", "loose");
        PlanPreview preview = shop.subscriptions.preview(shop.scope, customer, "fixed", When.CYCLE_END);
        assertThat(preview.nextRenewal().amount()).isEqualByComparingTo("14");
        shop.subscriptions.choose(shop.scope, customer, "fixed", When.CYCLE_END, OptionalLong.empty());
        renewAt("2026-02-15T05:00:00Z");
        assertThat(entries(customer)).isEqualTo("1000 purchase, -14 renewal");
        renewAt("2026-03-01T05:00:00Z");
        assertThat(entries(customer)).isEqualTo("1000 purchase, -14 renewal, -28 renewal");
    }

    @Test
    void eachCycleBringsItsAllowanceOnceAndItEndsWithTheCycle() {
        plan("bundle", "10", BillingCycle.MONTH, null, CycleStart.ANNIVERSARY, "40");
        CustomerId customer = shop.customerWith("100");
        PlanPreview preview = shop.subscriptions.preview(shop.scope, customer, "bundle", null);
        assertThat(preview.entries()).hasSize(1);
        assertThat(preview.entries().get(0).amount()).isEqualByComparingTo("40");
        shop.choose(customer, "bundle");
        assertThat(shop.balance(customer)).isEqualByComparingTo("140");
        assertThat(allowances(customer)).containsExactly("40 until 2026-02-15 05:00");
        renewAt("2026-02-15T05:00:00Z");
        shop.renewals().run();
        assertThat(allowances(customer)).containsExactly("40 until 2026-02-15 05:00", "40 until 2026-03-15 04:00");
        assertThat(entries(customer))
                .isEqualTo("100 purchase, 40 plan_allowance, -40 expiry, -10 renewal, 40 plan_allowance");
        assertThat(shop.balance(customer)).isEqualByComparingTo("130");
    }

    @Test
    void anUnpaidCycleBringsNothingAndOneThatIsPaidLateWhatIsNotOverYet() {
        plan("bundle", "10", BillingCycle.MONTH, null, CycleStart.ANNIVERSARY, "40");
        CustomerId customer = shop.subscriber("0", "bundle");
        renewAt("2026-02-15T05:00:00Z");
        // the allowance of the cycle before does not pay it
        assertThat(entries(customer)).isEqualTo("40 plan_allowance, -40 expiry");
        renewAt("2026-03-20T00:00:00Z");
        shop.pay(customer, "100");
        shop.renewals().run();
        assertThat(entries(customer))
                .isEqualTo("40 plan_allowance, -40 expiry, 100 purchase, -10 renewal, -10 renewal, 40 plan_allowance");
        assertThat(allowances(customer)).containsExactly("40 until 2026-02-15 05:00", "40 until 2026-04-15 04:00");
    }

    @Test
    void aStubBringsItsPartAndATrialNothing() {
        plan("fixed", "10", BillingCycle.MONTH, null, CycleStart.CALENDAR, "31");
        plan("tried", "10", BillingCycle.MONTH, 31, CycleStart.CALENDAR, "28");
        CustomerId customer = shop.subscriber("100", "fixed");
        assertThat(allowances(customer)).containsExactly("17 until 2026-02-01 05:00");
        CustomerId trying = shop.subscriber("100", "tried");
        assertThat(allowances(trying)).isEmpty();
        renewAt("2026-02-15T05:00:00Z");
        assertThat(allowances(trying)).containsExactly("14 until 2026-03-01 05:00");
        assertThat(allowances(customer)).containsExactly("17 until 2026-02-01 05:00", "31 until 2026-03-01 05:00");
    }

    @Test
    void whatWasAgreedWithACustomerKeepsStartAndAllowanceOfThePlan() {
        plan("fixed", "30", BillingCycle.MONTH, null, CycleStart.CALENDAR, "31");
        CustomerId customer = shop.subscriber("100", "fixed");
        shop.subscriptions.override(
                shop.scope,
                customer,
                new NewOverrides(new NewPrice(new BigDecimal("20"), "USD"), null, null, null),
                OptionalLong.empty());
        renewAt("2026-02-01T05:00:00Z");
        assertThat(entries(customer))
                .isEqualTo("100 purchase, 17 plan_allowance, -17 expiry, -20 renewal, 31 plan_allowance");
    }
}
