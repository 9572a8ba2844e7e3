package org.bursar.reporting.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.kernel.TenantClocks;
import org.bursar.reporting.Period;
import org.bursar.reporting.ProfitabilityReport;
import org.bursar.reporting.Reports;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code report:profitability}: charged against cost, by customer. */
@Service
@Command(
        scope = "report",
        name = "profitability",
        description = "What a tenant's customers were charged against what they cost")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class ReportProfitabilityCommand extends TenantCommand {
    @Reference
    private Reports reports;

    @Reference
    private TenantClocks clocks;

    @Option(name = "--from", description = "a time or date in UTC; the begin of the month without it")
    private @Nullable String from;

    @Option(name = "--to", description = "a time, or the last date, in UTC; the end of the month without it")
    private @Nullable String to;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        ProfitabilityReport report = reports.profitability(
                scope(), Period.of(from, to, clocks.of(scope().tenant())), new Page.Request(Page.USUAL, after));
        Listing rows = new Listing("customer", "name", "charged", "cost", "margin", "settledHolds");
        for (ProfitabilityReport.Line line : report.customers()) {
            ProfitabilityReport.Sum sum = line.sum();
            rows.row(
                    line.customer(),
                    line.name().orElse(null),
                    sum.charged(),
                    sum.cost(),
                    sum.margin(),
                    sum.settledHolds());
        }
        show(rows.next(report.next()));
        if (!json()) {
            ProfitabilityReport.Sum all = report.sum();
            out().println("from " + report.period().from() + " to "
                    + report.period().to() + ": charged "
                    + Decimals.text(all.charged()) + ", cost " + Decimals.text(all.cost()) + ", margin "
                    + Decimals.text(all.margin()) + ", settled holds " + Decimals.text(all.settledHolds()));
        }
    }
}
