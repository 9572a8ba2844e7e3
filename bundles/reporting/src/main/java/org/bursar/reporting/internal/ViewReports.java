package org.bursar.reporting.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.reporting.BalanceReport;
import org.bursar.reporting.Bucket;
import org.bursar.reporting.EngagementReport;
import org.bursar.reporting.LifetimeReport;
import org.bursar.reporting.MovementsReport;
import org.bursar.reporting.Period;
import org.bursar.reporting.ProfitabilityReport;
import org.bursar.reporting.ProfitabilityReport.Line;
import org.bursar.reporting.ProfitabilityReport.Sum;
import org.bursar.reporting.RecurringReport;
import org.bursar.reporting.Reports;
import org.bursar.reporting.RevenueReport;
import org.bursar.reporting.UsageReport;
import org.bursar.reporting.UsageSeries;
import org.bursar.reporting.internal.sql.EngagementRow;
import org.bursar.reporting.internal.sql.ProfitRow;
import org.bursar.reporting.internal.sql.ReportMapper;
import org.bursar.reporting.internal.sql.SeriesRow;
import org.bursar.reporting.internal.sql.UsageRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Reports from the views that the owners of the figures publish. The views stay while their owners are away, so the reports do
 * not wait for them; only before an owner's first start there is nothing to read.
 */
@Component(service = Reports.class)
public final class ViewReports implements Reports {
    private static final String BY_CHARGE = "profitability";
    /** No such schema, table, column: an owner has not brought its schema up to date yet. */
    private static final Set<String> NOT_YET = Set.of("3F000", "42P01", "42703");

    private final Database database;
    private final Customers customers;
    private final ReportMapper mapper;

    @Activate
    public ViewReports(@Reference Database database, @Reference Customers customers) {
        this.database = database;
        this.customers = customers;
        // this bundle has no migrations, so that no schema of its own comes into being
        this.mapper = database.mapper("reporting", ReportMapper.class);
    }

    private <T> T read(Scope scope, Supplier<T> report) {
        try {
            return database.transact(scope, report);
        } catch (DatabaseException e) {
            if (NOT_YET.contains(e.sqlState())) {
                throw new ProblemException(Problems.UNAVAILABLE, "Not everything that is reported on has started yet.");
            }
            throw e;
        }
    }

    @Override
    public UsageReport usage(Scope scope, Optional<CustomerId> customer, Period period) {
        Optional<CustomerId> one = customer.or(() -> scope.customers()
                .filter(own -> own.size() == 1)
                .map(own -> own.iterator().next()));
        Bucket bucket = one.isPresent() ? Bucket.HOUR : Bucket.DAY;
        Period whole = period.widened(bucket);
        return read(scope, () -> {
            one.ifPresent(which -> customers.require(scope, which));
            List<UsageRow> rows = one.isPresent()
                    ? mapper.usageOfCustomer(scope.tenant(), one.get(), whole.from(), whole.to())
                    : mapper.usageOfAll(scope.tenant(), whole.firstDay(), whole.dayAfter());
            boolean costs = scope.customers().isEmpty();
            return new UsageReport(
                    whole,
                    bucket,
                    one,
                    rows.stream().map(row -> line(row, costs)).toList(),
                    sum(rows, UsageRow::charge),
                    costs ? Optional.of(sum(rows, UsageRow::cost)) : Optional.empty());
        });
    }

    @Override
    public UsageSeries usageSeries(Scope scope, Optional<CustomerId> customer, Period period) {
        Period whole = period.widened(Bucket.DAY);
        boolean monthly = Duration.between(whole.from(), whole.to()).toDays()
                > (customer.isPresent() ? UsageSeries.MOST_DAYS_OF_ONE : UsageSeries.MOST_DAYS);
        boolean costs = scope.customers().isEmpty();
        return read(scope, () -> {
            customer.ifPresent(which -> customers.require(scope, which));
            List<SeriesRow> rows = customer.isPresent()
                    ? mapper.usageOfCustomerOverTime(
                            scope.tenant(), customer.get(), monthly, whole.firstDay(), whole.dayAfter())
                    : mapper.usageOverTime(scope.tenant(), monthly, whole.firstDay(), whole.dayAfter());
            return new UsageSeries(
                    whole,
                    monthly,
                    rows.stream()
                            .map(row -> new UsageSeries.Line(
                                    row.begin(),
                                    row.key(),
                                    row.name(),
                                    row.unit(),
                                    row.quantity(),
                                    row.charge(),
                                    costs ? Optional.of(row.cost()) : Optional.empty()))
                            .toList());
        });
    }

    private static UsageReport.Line line(UsageRow row, boolean costs) {
        Optional<BigDecimal> effective = row.quantity().signum() == 0
                ? Optional.empty()
                : Optional.of(row.charge().divide(row.quantity(), Decimals.PRICE_PLACES, RoundingMode.HALF_EVEN));
        return new UsageReport.Line(
                row.key(),
                row.name(),
                row.unit(),
                row.events(),
                row.quantity(),
                Optional.ofNullable(row.unitPrice())
                        .map(price -> price.setScale(Decimals.PRICE_PLACES, RoundingMode.HALF_EVEN)),
                effective,
                row.charge(),
                costs ? Optional.of(row.cost()) : Optional.empty());
    }

    private static BigDecimal sum(List<UsageRow> rows, Function<UsageRow, BigDecimal> figure) {
        return rows.stream().map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public ProfitabilityReport profitability(Scope scope, Period period, Page.Request page) {
        tenantsOwn(scope);
        Period whole = period.widened(Bucket.DAY);
        Position position = Position.after(page.after());
        return read(scope, () -> {
            List<ProfitRow> rows = mapper.profitability(
                    scope.tenant(),
                    whole.from(),
                    whole.to(),
                    whole.firstDay(),
                    whole.dayAfter(),
                    position.below(),
                    position.customer(),
                    page.limit() + 1);
            ProfitRow first = rows.get(0);
            Sum all = new Sum(first.allCharged(), first.allCost(), first.allSettledHolds());
            Page<Line> lines = Page.of(
                    lines(scope, rows),
                    page,
                    last -> Cursor.encode(BY_CHARGE, last.sum().charged().toPlainString(), last.customer()));
            return new ProfitabilityReport(whole, all, lines.items(), lines.next());
        });
    }

    private List<Line> lines(Scope scope, List<ProfitRow> rows) {
        List<Line> lines = new ArrayList<>();
        Map<CustomerId, String> names = customers.names(
                scope,
                rows.stream()
                        .flatMap(row -> Optional.ofNullable(row.customerId()).stream())
                        .toList());
        for (ProfitRow row : rows) {
            CustomerId customer = row.customerId();
            BigDecimal charged = row.charged();
            BigDecimal cost = row.cost();
            BigDecimal settled = row.settledHolds();
            if (customer != null && charged != null && cost != null && settled != null) {
                lines.add(
                        new Line(customer, Optional.ofNullable(names.get(customer)), new Sum(charged, cost, settled)));
            }
        }
        return lines;
    }

    @Override
    public RevenueReport revenue(Scope scope, Period period) {
        tenantsOwn(scope);
        Period whole = period.widened(Bucket.DAY);
        return read(
                scope,
                () -> new RevenueReport(
                        whole,
                        mapper.revenue(scope.tenant(), whole.from(), whole.to()).stream()
                                .map(row -> new RevenueReport.Line(
                                        row.day(),
                                        row.gatewayId(),
                                        row.currency(),
                                        row.purchases(),
                                        row.amount(),
                                        row.credits()))
                                .toList()));
    }

    @Override
    public LifetimeReport lifetime(Scope scope, CustomerId customer, Period period) {
        tenantsOwn(scope);
        Period whole = period.widened(Bucket.DAY);
        return read(scope, () -> {
            customers.require(scope, customer);
            return new LifetimeReport(
                    whole,
                    mapper.paid(scope.tenant(), customer, whole.from(), whole.to()).stream()
                            .map(row -> new LifetimeReport.Line(row.currency(), row.paid(), row.inPeriod()))
                            .toList());
        });
    }

    @Override
    public RecurringReport recurring(Scope scope) {
        tenantsOwn(scope);
        return read(
                scope,
                () -> new RecurringReport(mapper.recurring(scope.tenant()).stream()
                        .map(row -> new RecurringReport.Line(
                                row.planKey(), row.planName(), row.currency(), row.customers(), row.monthly()))
                        .toList()));
    }

    @Override
    public MovementsReport movements(Scope scope, Period period) {
        tenantsOwn(scope);
        Period whole = period.widened(Bucket.DAY);
        return read(
                scope,
                () -> MovementSums.report(
                        whole,
                        mapper.countedSince(scope.tenant()),
                        mapper.movements(scope.tenant(), whole.from(), whole.to())));
    }

    @Override
    public BalanceReport balances(Scope scope) {
        tenantsOwn(scope);
        return read(
                scope,
                () -> new BalanceReport(mapper.balances(scope.tenant()).stream()
                        .map(row ->
                                new BalanceReport.Line(row.unit(), row.above(), row.credit(), row.below(), row.owed()))
                        .toList()));
    }

    @Override
    public EngagementReport engagement(Scope scope, Optional<CustomerId> customer, Period period) {
        Period whole = period.widened(Bucket.DAY);
        return read(scope, () -> {
            customer.ifPresent(which -> customers.require(scope, which));
            EngagementRow row =
                    mapper.engagement(scope.tenant(), customer.orElse(null), whole.firstDay(), whole.dayAfter());
            return new EngagementReport(whole, row.threads(), row.messages(), row.activeCustomers());
        });
    }

    /** What the tenant pays and earns is not its customers' to see, whatever permissions one of them was given. */
    private static void tenantsOwn(Scope scope) {
        if (scope.customers().isPresent()) {
            throw new ProblemException(Problems.FORBIDDEN, "this report is for the tenant's own staff");
        }
    }

    /** Where a page of the profitability report begins. */
    private record Position(
            @Nullable BigDecimal below, @Nullable CustomerId customer) {
        static Position after(@Nullable String cursor) {
            if (cursor == null) {
                return new Position(null, null);
            }
            List<String> keys = Cursor.decode(BY_CHARGE, 2, cursor);
            try {
                return new Position(Decimals.parse(keys.get(0)), CustomerId.fromString(keys.get(1)));
            } catch (IllegalArgumentException e) {
                throw Cursor.bad();
            }
        }
    }
}
