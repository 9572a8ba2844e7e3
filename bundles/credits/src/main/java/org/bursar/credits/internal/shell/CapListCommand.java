package org.bursar.credits.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.SpendCap;
import org.bursar.credits.SpendCaps;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code cap:list}: what a customer's users may spend. */
@Service
@Command(scope = "cap", name = "list", description = "Lists how much of a customer's credit single users may spend")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class CapListCommand extends TenantCommand {
    @Reference
    private SpendCaps caps;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    @Completion(CustomerCompleter.class)
    private String customer;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<SpendCap> page = caps.list(scope(), customer(customer), new Page.Request(limit, after));
        Listing rows = new Listing("user", "amount", "period", "spent", "held", "available", "until", "byTenant");
        page.items().forEach(cap -> row(rows, cap));
        show(rows.next(page.next()));
    }

    static Listing row(Listing rows, SpendCap cap) {
        return rows.row(
                cap.user(),
                cap.amount(),
                cap.period(),
                cap.spent(),
                cap.held(),
                cap.available(),
                cap.until(),
                cap.byTenant());
    }
}
