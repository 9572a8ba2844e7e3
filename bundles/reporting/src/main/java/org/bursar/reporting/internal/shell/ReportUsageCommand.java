package org.bursar.reporting.internal.shell;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.TenantDirectory;
import org.bursar.reporting.Period;
import org.bursar.reporting.Reports;
import org.bursar.reporting.UsageReport;
import org.jspecify.annotations.Nullable;

/** {@code report:usage}: what was used, by meter. */
@Service
@Command(scope = "report", name = "usage", description = "What a tenant's customers, or one of them, used")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class ReportUsageCommand implements Action {
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

    @Argument(index = 1, name = "customer", description = "the customer's id; all customers without it")
    private @Nullable String customer;

    @Option(name = "--from", description = "a time or date in UTC; the begin of the month without it")
    private @Nullable String from;

    @Option(name = "--to", description = "a time, or the last date, in UTC; the end of the month without it")
    private @Nullable String to;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        UsageReport report = reports.usage(
                Operator.scope(tenants, tenant),
                Optional.ofNullable(customer).map(CustomerId::fromString),
                Period.of(from, to, clock));
        PrintStream out = session.getConsole();
        if (json) {
            out.println(ReportLines.json(report));
            return null;
        }
        out.println(ReportLines.period(report.period()));
        ShellTable table = new ShellTable();
        table.column("Meter");
        table.column("Name");
        table.column("Quantity").alignRight();
        table.column("Unit");
        table.column("Unit price").alignRight();
        table.column("Charge").alignRight();
        table.column("Cost").alignRight();
        for (UsageReport.Line line : report.lines()) {
            table.addRow()
                    .addContent(
                            line.meter(),
                            line.name(),
                            Decimals.text(line.quantity()),
                            line.unit(),
                            line.unitPrice().map(Decimals::text).orElse(""),
                            Decimals.text(line.charge()),
                            line.cost().map(Decimals::text).orElse(""));
        }
        table.addRow()
                .addContent(
                        "",
                        "",
                        "",
                        "",
                        "total",
                        Decimals.text(report.charge()),
                        report.cost().map(Decimals::text).orElse(""));
        table.print(out);
        return null;
    }
}
