package org.bursar.plans.internal.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.plans.Lease;
import org.bursar.plans.Leases;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code lease:list}: places that are taken. */
@Service
@Command(scope = "lease", name = "list", description = "Lists the open leases of a tenant or customer, newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class LeaseListCommand extends TenantCommand {
    @Reference
    private Leases leases;

    @Argument(index = 1, name = "customer", description = "the customer's id; all without it")
    private @Nullable String customer;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<Lease> page = leases.open(
                scope(), Optional.ofNullable(customer).map(TenantCommand::customer), new Page.Request(limit, after));
        Listing rows = new Listing("id", "customer", "limit", "createdAt", "expiresAt");
        for (Lease lease : page.items()) {
            rows.row(lease.id(), lease.customer(), lease.limit(), lease.createdAt(), lease.expiresAt());
        }
        show(rows.next(page.next()));
    }
}
