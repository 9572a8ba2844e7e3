package org.bursar.customers.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.customers.internal.CustomerDirectory;
import org.bursar.customers.internal.CustomerFilter;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.kernel.Page;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code customer:list}: a tenant's customers. */
@Service
@Command(scope = "customer", name = "list", description = "Lists a tenant's customers, the newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class CustomerListCommand extends TenantCommand {
    @Reference
    private CustomerDirectory directory;

    @Option(name = "--q", description = "part of a name or of the admin's e-mail, in any case")
    private @Nullable String q;

    @Option(
            name = "--status",
            description = "the standing: active, trialing, past_due, cancelled, locked, suspended, inactive, deleted")
    private @Nullable String status;

    @Option(name = "--plan", description = "the key of a plan")
    private @Nullable String plan;

    @Option(name = "--country", description = "of the address, two letters such as US")
    private @Nullable String country;

    @Option(name = "--from", description = "registered since: a time, or a date in UTC")
    private @Nullable String from;

    @Option(name = "--to", description = "registered before a time, or until the end of a date in UTC")
    private @Nullable String to;

    @Option(name = "--balance", description = "negative, zero or positive")
    private @Nullable String balance;

    @Option(name = "--sort", description = "-registered (the default), registered, name or -name")
    private @Nullable String sort;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "where the page begins, as the page before says")
    private @Nullable String after;

    @Override
    protected void run() {
        CustomerFilter filter =
                CustomerFilter.of(new CustomerFilter.Query(q, status, plan, country, from, to, balance, sort));
        Page<FoundCustomer> page = directory.list(scope(), filter, new Page.Request(limit, after));
        show(CustomerListing.of(page.items()).next(page.next()));
    }
}
