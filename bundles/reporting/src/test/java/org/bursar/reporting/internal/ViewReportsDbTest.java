package org.bursar.reporting.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.reporting.BalanceReport;
import org.bursar.reporting.EngagementReport;
import org.bursar.reporting.LifetimeReport;
import org.bursar.reporting.Period;
import org.bursar.reporting.ProfitabilityReport;
import org.bursar.reporting.RecurringReport;
import org.bursar.reporting.RevenueReport;
import org.bursar.reporting.UsageReport;
import org.bursar.reporting.UsageSeries;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of reports over a real PostgreSQL. */
final class ViewReportsDbTest {
    private static TestDatabase postgres;
    private static PublishedViews views;

    private final TestClock clock = TestClock.at("2026-11-21T10:15:00Z");
    private final Period november = Period.of(null, null, clock);
    private final NamedCustomers customers = new NamedCustomers();
    private final ViewReports reports = new ViewReports(postgres.database(), customers);
    private final Scope staff = Scope.of(TenantId.next(clock), new Actor(Actor.Kind.USER, "usr_staff", "Mara"));
    private final TenantId tenant = staff.tenant();
    private final CustomerId acme = CustomerId.next(clock);
    private final CustomerId globex = CustomerId.next(clock);
    private final MeterId minutes = MeterId.next(clock);
    private final MeterId tokens = MeterId.next(clock);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
        views = new PublishedViews(postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void twoCustomers() {
        customers.names.putAll(Map.of(acme, "Acme Corporation", globex, "Globex"));
        views.meter(tenant, minutes, "voice-minutes", "Conversation minutes", "minute");
        views.meter(tenant, tokens, "tokens", "Tokens", "token");
        views.rate(tenant, acme, minutes, "0.085000000000");
        views.used(tenant, acme, minutes, "2026-11-21T10:00:00Z", "600", "8.50", "18.60");
        views.used(tenant, acme, tokens, "2026-11-21T11:00:00Z", "3", "0.000018", "0.000006");
        views.used(tenant, globex, minutes, "2026-11-20T23:00:00Z", "100", "12", "3.10");
        views.used(tenant, globex, minutes, "2026-12-01T00:00:00Z", "1", "1", "1");
        views.settled(tenant, acme, "2026-11-21T10:05:00Z", "3.20");
        views.settled(tenant, acme, "2026-12-01T00:00:00Z", "7");
    }

    @Test
    void usageOfACustomerIsByMeterAtThePricesOfItsPlan() {
        UsageReport report = reports.usage(staff, Optional.of(acme), november);
        assertThat(report.lines()).extracting(UsageReport.Line::meter).containsExactly("tokens", "voice-minutes");
        UsageReport.Line line = report.lines().get(1);
        assertThat(line.name()).isEqualTo("Conversation minutes");
        assertThat(line.quantity()).isEqualByComparingTo("600");
        assertThat(line.unitPrice().orElseThrow()).isEqualByComparingTo("0.085");
        assertThat(line.effectiveUnitPrice().orElseThrow()).isEqualByComparingTo("0.014166666667");
        assertThat(line.charge()).isEqualByComparingTo("8.50");
        assertThat(line.cost().orElseThrow()).isEqualByComparingTo("18.60");
        assertThat(report.lines().get(0).unitPrice()).isEmpty();
        assertThat(report.charge()).isEqualByComparingTo("8.500018");
        assertThat(report.cost().orElseThrow()).isEqualByComparingTo("18.600006");
    }

    @Test
    void theHoursOfThePeriodAloneAreCounted() {
        Period quarter = Period.of("2026-11-21T11:15:00Z", "2026-11-21T11:30:00Z", clock);
        UsageReport report = reports.usage(staff, Optional.of(acme), quarter);
        assertThat(report.period().from()).isEqualTo("2026-11-21T11:00:00Z");
        assertThat(report.period().to()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(report.lines()).extracting(UsageReport.Line::meter).containsExactly("tokens");
    }

    @Test
    void usageOfAllCustomersIsSummedByMeter() {
        UsageReport report = reports.usage(staff, Optional.empty(), november);
        assertThat(report.lines()).hasSize(2);
        assertThat(report.lines().get(1).quantity()).isEqualByComparingTo("700");
        assertThat(report.lines().get(1).charge()).isEqualByComparingTo("20.50");
        assertThat(report.lines().get(1).unitPrice()).isEmpty();
    }

    @Test
    void usageOverTimeIsByDayOrByMonthAndAddsUpToTheReport() {
        UsageSeries days = reports.usageSeries(staff, Optional.empty(), november);
        assertThat(days.monthly()).isFalse();
        assertThat(days.lines())
                .extracting(line -> line.begin() + " " + line.meter() + " "
                        + line.quantity().stripTrailingZeros().toPlainString())
                .containsExactly("2026-11-20 voice-minutes 100", "2026-11-21 tokens 3", "2026-11-21 voice-minutes 600");
        UsageReport sums = reports.usage(staff, Optional.empty(), november);
        assertThat(days.lines().stream().map(UsageSeries.Line::charge).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(sums.charge());
        assertThat(days.lines().stream()
                        .map(line -> line.cost().orElseThrow())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(sums.cost().orElseThrow());

        UsageSeries months = reports.usageSeries(staff, Optional.empty(), Period.of("2026-10-15", "2026-12-31", clock));
        assertThat(months.monthly()).isTrue();
        assertThat(months.lines())
                .extracting(line -> line.begin() + " " + line.meter() + " "
                        + line.quantity().stripTrailingZeros().toPlainString())
                .containsExactly("2026-11-01 tokens 3", "2026-11-01 voice-minutes 700", "2026-12-01 voice-minutes 1");

        UsageSeries own = reports.usageSeries(staff.only(globex), Optional.empty(), november);
        assertThat(own.lines())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line.cost()).isEmpty());
        assertThat(own.lines().get(0).quantity()).isEqualByComparingTo("100");
    }

    @Test
    void usageOfACustomerOverTimeIsByDayForAQuarterAndNobodyElses() {
        Period quarter = Period.lastDays("90", clock);
        assertThat(quarter).isEqualTo(Period.of("2026-08-24", "2026-11-21", clock));
        UsageSeries days = reports.usageSeries(staff, Optional.of(acme), quarter);
        assertThat(days.monthly()).isFalse();
        assertThat(days.lines())
                .extracting(line -> line.begin() + " " + line.meter())
                .containsExactly("2026-11-21 tokens", "2026-11-21 voice-minutes");
        assertThat(days.lines().stream().map(UsageSeries.Line::charge).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("8.500018");
        assertThat(reports.usageSeries(staff, Optional.of(globex), Period.lastDays("1", clock))
                        .lines())
                .isEmpty();
        assertThat(reports.usageSeries(staff, Optional.of(globex), Period.lastDays("2", clock))
                        .lines())
                .hasSize(1);
        UsageSeries year =
                reports.usageSeries(staff, Optional.of(globex), Period.of("2026-01-01", "2026-12-31", clock));
        assertThat(year.monthly()).isTrue();
        assertThat(year.lines())
                .extracting(line -> line.begin() + " " + line.charge().stripTrailingZeros())
                .containsExactly("2026-11-01 12", "2026-12-01 1");
        assertThatThrownBy(() -> reports.usageSeries(staff.only(acme), Optional.of(globex), quarter))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem())
                                .isEqualTo(Problems.notFound().problem()));
    }

    @Test
    void aCustomerSeesItsOwnUsageWithoutCostAndNoOthers() {
        UsageReport own = reports.usage(staff.only(acme), Optional.empty(), november);
        assertThat(own.customer()).contains(acme);
        assertThat(own.charge()).isEqualByComparingTo("8.500018");
        assertThat(own.cost()).isEmpty();
        assertThat(own.lines()).allSatisfy(line -> assertThat(line.cost()).isEmpty());
        assertThatThrownBy(() -> reports.usage(staff.only(acme), Optional.of(globex), november))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem())
                                .isEqualTo(Problems.notFound().problem()));
        assertThatThrownBy(() -> reports.profitability(staff.only(acme), november, Page.Request.first()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(Problems.FORBIDDEN));
        assertThatThrownBy(() -> reports.revenue(staff.only(acme), november)).isInstanceOf(ProblemException.class);
    }

    @Test
    void profitabilitySetsChargesAgainstCostsAndHoldsBesideThem() {
        ProfitabilityReport report = reports.profitability(staff, november, Page.Request.first());
        assertThat(report.sum().charged()).isEqualByComparingTo("20.500018");
        assertThat(report.sum().cost()).isEqualByComparingTo("21.700006");
        assertThat(report.sum().margin()).isEqualByComparingTo("-1.199988");
        assertThat(report.sum().settledHolds()).isEqualByComparingTo("3.20");
        assertThat(report.customers())
                .extracting(line -> line.name().orElseThrow())
                .containsExactly("Globex", "Acme Corporation");
        ProfitabilityReport.Sum own = report.customers().get(1).sum();
        assertThat(own.margin()).isEqualByComparingTo("-10.099988");
        assertThat(own.settledHolds()).isEqualByComparingTo("3.20");
    }

    @Test
    void pagesOfProfitabilityShowEachCustomerOnceAndTheSameSums() {
        List<CustomerId> everybody = new ArrayList<>(List.of(globex, acme));
        for (int i = 0; i < 3; i++) {
            CustomerId more = CustomerId.next(clock);
            views.used(tenant, more, minutes, "2026-11-03T00:00:00Z", "1", "1", "0");
            everybody.add(more);
        }
        List<CustomerId> seen = new ArrayList<>();
        String after = null;
        do {
            ProfitabilityReport report = reports.profitability(staff, november, new Page.Request(2, after));
            assertThat(report.sum().charged()).isEqualByComparingTo("23.500018");
            report.customers().forEach(line -> seen.add(line.customer()));
            after = report.next();
        } while (after != null);
        assertThat(seen).hasSize(5).containsExactlyInAnyOrderElementsOf(everybody);
        assertThatThrownBy(() -> reports.profitability(staff, november, new Page.Request(2, "bm9uc2Vuc2U")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aTenantWithoutUsageHasZeroes() {
        Scope empty = Scope.of(TenantId.next(clock), staff.actor());
        ProfitabilityReport report = reports.profitability(empty, november, Page.Request.first());
        assertThat(report.customers()).isEmpty();
        assertThat(report.next()).isNull();
        assertThat(List.of(
                        report.sum().charged(),
                        report.sum().cost(),
                        report.sum().settledHolds()))
                .allSatisfy(sum -> assertThat(sum).isEqualByComparingTo(BigDecimal.ZERO));
        assertThat(reports.usage(empty, Optional.empty(), november).lines()).isEmpty();
    }

    @Test
    void revenueIsByDayGatewayAndCurrency() {
        views.paid(tenant, acme, "2026-11-20T23:59:59Z", "USD", "449", "499");
        views.paid(tenant, acme, "2026-11-21T00:00:00Z", "USD", "450", "500");
        views.paid(tenant, globex, "2026-11-21T23:59:59Z", "USD", "450", "500");
        views.paid(tenant, globex, "2026-11-21T12:00:00Z", "EUR", "10.50", "10");
        views.paid(tenant, acme, "2026-12-01T00:00:00Z", "USD", "450", "500");
        RevenueReport report = reports.revenue(staff, november);
        assertThat(report.lines()).extracting(RevenueReport.Line::currency).containsExactly("USD", "EUR", "USD");
        assertThat(report.lines().get(2).day()).isEqualTo("2026-11-21");
        assertThat(report.lines().get(2).amount()).isEqualByComparingTo("900");
        assertThat(report.lines().get(2).credits()).isEqualByComparingTo("1000");
        assertThat(report.amounts().get("USD")).isEqualByComparingTo("1349");
        assertThat(report.purchases("USD")).isEqualTo(3);
    }

    @Test
    void lifetimeValueIsWhatACustomerPaidInAllAndHowMuchOfItInThePeriod() {
        assertThat(reports.lifetime(staff, acme, november).lines()).isEmpty();
        views.left(tenant, acme, "2025-02-03T00:00:00Z", "USD", "450.00");
        views.left(tenant, acme, "2026-10-31T23:59:59Z", "USD", "49.50");
        views.left(tenant, acme, "2026-11-01T00:00:00Z", "USD", "100.00");
        views.left(tenant, acme, "2026-11-20T00:00:00Z", "USD", "0.00");
        views.left(tenant, acme, "2026-12-01T00:00:00Z", "USD", "7.00");
        views.left(tenant, acme, "2026-01-05T00:00:00Z", "JPY", "5000");
        views.left(tenant, globex, "2026-11-20T00:00:00Z", "USD", "1000");
        views.left(TenantId.next(clock), acme, "2026-11-20T00:00:00Z", "USD", "1000");

        LifetimeReport report = reports.lifetime(staff, acme, november);
        assertThat(report.period()).isEqualTo(november);
        assertThat(report.lines())
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                        .build())
                .containsExactly(
                        new LifetimeReport.Line("JPY", new BigDecimal("5000"), BigDecimal.ZERO),
                        new LifetimeReport.Line("USD", new BigDecimal("606.50"), new BigDecimal("100")));
        assertThatThrownBy(() -> reports.lifetime(staff.only(acme), acme, november))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(Problems.FORBIDDEN));
        assertThatThrownBy(() -> reports.lifetime(staff, CustomerId.next(clock), november))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem())
                                .isEqualTo(Problems.notFound().problem()));
    }

    @Test
    void recurringRevenueIsByPlanAndCurrency() {
        CustomerId another = CustomerId.next(clock);
        views.recurring(tenant, acme, "scale", "USD", "824.500000");
        views.recurring(tenant, globex, "start", "USD", "49.000000");
        views.recurring(tenant, another, "start", "USD", "41.666667");
        views.recurring(tenant, CustomerId.next(clock), "start", "EUR", "49.000000");
        views.recurring(TenantId.next(clock), CustomerId.next(clock), "start", "USD", "49");

        assertThat(reports.recurring(staff).lines())
                .containsExactly(
                        new RecurringReport.Line("scale", "Plan scale", "USD", 1, new BigDecimal("824.500000")),
                        new RecurringReport.Line("start", "Plan start", "USD", 2, new BigDecimal("90.666667")),
                        new RecurringReport.Line("start", "Plan start", "EUR", 1, new BigDecimal("49.000000")));
        assertThat(reports.recurring(staff).customers("USD")).isEqualTo(3);
        assertThatThrownBy(() -> reports.recurring(staff.only(acme))).isInstanceOf(ProblemException.class);
    }

    @Test
    void creditAndDebtsAreSummedApartAndNobodyHeldToACustomerMayAsk() {
        assertThat(reports.balances(staff).lines()).isEmpty();
        views.wallet(tenant, acme, "USD", "100.25");
        views.wallet(tenant, globex, "USD", "-7.5");
        for (String balance : List.of("0", "0.000001", "-0.5")) {
            views.wallet(tenant, CustomerId.next(clock), "USD", balance);
        }
        views.wallet(tenant, CustomerId.next(clock), "credits", "0");
        views.wallet(TenantId.next(clock), CustomerId.next(clock), "USD", "1000");

        assertThat(reports.balances(staff).lines())
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                        .build())
                .containsExactly(
                        new BalanceReport.Line("USD", 2, new BigDecimal("100.250001"), 2, new BigDecimal("8")),
                        new BalanceReport.Line("credits", 0, BigDecimal.ZERO, 0, BigDecimal.ZERO));
        assertThatThrownBy(() -> reports.balances(staff.only(acme))).isInstanceOf(ProblemException.class);
    }

    @Test
    void engagementIsOfThoseWhoAreSeen() {
        views.talked(tenant, acme, "2026-11-20", 1, 2);
        views.talked(tenant, acme, "2026-11-21", 0, 5);
        views.talked(tenant, globex, "2026-11-30", 2, 4);
        views.talked(tenant, globex, "2026-12-01", 9, 9);
        assertThat(reports.engagement(staff, Optional.empty(), november))
                .isEqualTo(new EngagementReport(november, 3, 11, 2));
        assertThat(reports.engagement(staff, Optional.of(globex), november).messages())
                .isEqualTo(4);
        assertThat(reports.engagement(staff.only(acme), Optional.empty(), november)
                        .messages())
                .isEqualTo(7);
    }

    @Test
    void beforeTheOwnersFirstStartThereIsNothingToReportYet() {
        try (TestDatabase empty = TestDatabase.fresh()) {
            ViewReports early = new ViewReports(empty.database(), customers);
            assertThatThrownBy(() -> early.revenue(staff, november))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refusal -> assertThat(refusal.problem().code()).isEqualTo(Problems.UNAVAILABLE));
        }
    }
}
