package org.bursar.reporting.internal.shell;

import java.io.PrintStream;
import java.time.Clock;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.kernel.TenantDirectory;
import org.bursar.reporting.Period;
import org.bursar.reporting.ProfitabilityReport;
import org.bursar.reporting.Reports;
import org.jspecify.annotations.Nullable;

/** {@code report:profitability}: charged against cost, by customer. */
@Service
@Command(
        scope = "report",
        name = "profitability",
        description = "What a tenant's customers were charged against what they cost")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class ReportProfitabilityCommand implements Action {
    @Reference
    private Reports reports;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Clock clock;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = true)
    private String tenant;

    @Option(name = "--from", description = "a time or date in UTC; the begin of the month without it")
    private @Nullable String from;

    @Option(name = "--to", description = "a time, or the last date, in UTC; the end of the month without it")
    private @Nullable String to;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        ProfitabilityReport report = reports.profitability(
                Operator.scope(tenants, tenant), Period.of(from, to, clock), new Page.Request(Page.USUAL, after));
        PrintStream out = session.getConsole();
        if (json) {
            out.println(ReportLines.json(report));
            return null;
        }
        out.println(ReportLines.period(report.period()));
        ShellTable table = new ShellTable();
        table.column("Customer");
        table.column("Name");
        table.column("Charged").alignRight();
        table.column("Cost").alignRight();
        table.column("Margin").alignRight();
        table.column("Settled holds").alignRight();
        for (ProfitabilityReport.Line line : report.customers()) {
            row(table, line.customer().toString(), line.name().orElse(""), line.sum());
        }
        row(table, "", "all customers", report.sum());
        table.print(out);
        if (report.next() != null) {
            out.println("more: --after " + report.next());
        }
        return null;
    }

    private static void row(ShellTable table, String customer, String name, ProfitabilityReport.Sum sum) {
        table.addRow()
                .addContent(
                        customer,
                        name,
                        Decimals.text(sum.charged()),
                        Decimals.text(sum.cost()),
                        Decimals.text(sum.margin()),
                        Decimals.text(sum.settledHolds()));
    }
}
