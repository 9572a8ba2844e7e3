package org.bursar.reporting.internal.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.TenantClocks;
import org.bursar.reporting.Period;
import org.bursar.reporting.Reports;
import org.bursar.reporting.UsageReport;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code report:usage}: what was used, by meter. */
@Service
@Command(scope = "report", name = "usage", description = "What a tenant's customers, or one of them, used")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class ReportUsageCommand extends TenantCommand {
    @Reference
    private Reports reports;

    @Reference
    private TenantClocks clocks;

    @Argument(index = 1, name = "customer", description = "the customer's id; all customers without it")
    private @Nullable String customer;

    @Option(name = "--from", description = "a time or date in UTC; the begin of the month without it")
    private @Nullable String from;

    @Option(name = "--to", description = "a time, or the last date, in UTC; the end of the month without it")
    private @Nullable String to;

    @Override
    protected void run() {
        UsageReport report = reports.usage(
                scope(),
                Optional.ofNullable(customer).map(TenantCommand::customer),
                Period.of(from, to, clocks.of(scope().tenant())));
        Listing rows = new Listing(
                "meter", "name", "unit", "events", "quantity", "unitPrice", "effectiveUnitPrice", "charge", "cost");
        for (UsageReport.Line line : report.lines()) {
            rows.row(
                    line.meter(),
                    line.name(),
                    line.unit(),
                    line.events(),
                    line.quantity(),
                    line.unitPrice().orElse(null),
                    line.effectiveUnitPrice().orElse(null),
                    line.charge(),
                    line.cost().orElse(null));
        }
        show(rows);
        if (!json()) {
            out().println("from " + report.period().from() + " to "
                    + report.period().to() + ": charge "
                    + Decimals.text(report.charge())
                    + report.cost().map(cost -> ", cost " + Decimals.text(cost)).orElse(""));
        }
    }
}
