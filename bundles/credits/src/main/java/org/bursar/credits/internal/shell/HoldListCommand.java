package org.bursar.credits.internal.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.Holds;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code hold:list}: holds, newest first. */
@Service
@Command(scope = "hold", name = "list", description = "Lists the holds of a tenant or customer, newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class HoldListCommand extends TenantCommand {
    @Reference
    private Holds holds;

    @Argument(index = 1, name = "customer", description = "the customer's id; all without it")
    @Completion(CustomerCompleter.class)
    private @Nullable String customer;

    @Option(name = "--open", description = "only those that are open")
    private boolean open;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<Hold> page = holds.list(
                scope(),
                Optional.ofNullable(customer).map(TenantCommand::customer),
                open ? Optional.of(HoldStatus.OPEN) : Optional.empty(),
                new Page.Request(limit, after));
        Listing rows = new Listing("id", "customer", "status", "amount", "settled", "expiresAt");
        for (Hold hold : page.items()) {
            rows.row(hold.id(), hold.customer(), hold.status(), hold.amount(), hold.settled(), hold.expiresAt());
        }
        show(rows.next(page.next()));
    }
}
