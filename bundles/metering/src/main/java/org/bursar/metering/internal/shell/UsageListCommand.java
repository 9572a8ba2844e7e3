package org.bursar.metering.internal.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.metering.UsageDay;
import org.bursar.metering.UsageEvents;
import org.bursar.metering.UsageFilter;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code usage:list}: what a customer used, by day and meter. */
@Service
@Command(scope = "usage", name = "list", description = "Lists what a customer used, by day and meter")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class UsageListCommand extends TenantCommand {
    @Reference
    private UsageEvents usage;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    private String customer;

    @Option(name = "--meter", description = "a meter's key")
    private @Nullable String meter;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        UsageFilter filter = new UsageFilter(Optional.empty(), Optional.empty(), Optional.ofNullable(meter));
        Page<UsageDay> page = usage.days(scope(), customer(customer), filter, new Page.Request(limit, after));
        Listing rows = new Listing("day", "meter", "unit", "events", "quantity", "charge", "cost");
        for (UsageDay day : page.items()) {
            rows.row(day.day(), day.meterKey(), day.unit(), day.events(), day.quantity(), day.charge(), day.cost());
        }
        show(rows.next(page.next()));
    }
}
