package org.bursar.plans.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.plans.Plan;
import org.bursar.plans.Plans;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code plan:list}: a tenant's plans with the price of their newest version. */
@Service
@Command(scope = "plan", name = "list", description = "Lists plans by key")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PlanListCommand extends TenantCommand {
    @Reference
    private Plans plans;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<Plan> page = plans.list(scope(), new Page.Request(limit, after));
        Listing rows = new Listing("id", "key", "name", "version", "price", "currency", "cycle");
        for (Plan plan : page.items()) {
            rows.row(
                    plan.id(),
                    plan.key(),
                    plan.name(),
                    plan.current().number(),
                    plan.current().price().amount(),
                    plan.current().price().currency(),
                    plan.current().cycle());
        }
        show(rows.next(page.next()));
    }
}
