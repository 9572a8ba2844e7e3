package org.bursar.plans.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.plans.Meter;
import org.bursar.plans.Meters;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code meter:list}: what a tenant counts. */
@Service
@Command(scope = "meter", name = "list", description = "Lists meters by key")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class MeterListCommand extends TenantCommand {
    @Reference
    private Meters meters;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<Meter> page = meters.list(scope(), new Page.Request(limit, after));
        Listing rows = new Listing("id", "key", "name", "unit", "aggregation", "costPerUnit");
        for (Meter meter : page.items()) {
            rows.row(meter.id(), meter.key(), meter.name(), meter.unit(), meter.aggregation(), meter.costPerUnit());
        }
        show(rows.next(page.next()));
    }
}
