package org.bursar.identity.internal.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.identity.internal.UserAccounts;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code user:list}: the users of a tenant's customers, or its staff. */
@Service
@Command(scope = "user", name = "list", description = "Lists a tenant's users, the newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class UserListCommand extends TenantCommand {
    @Reference
    private UserAccounts accounts;

    @Option(name = "--customer", description = "only this customer's, by its id")
    private @Nullable String customer;

    @Option(name = "--staff", description = "the tenant's staff instead of its customers' users")
    private boolean staff;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<UserRow> page = accounts.list(
                scope(),
                Optional.ofNullable(customer).map(TenantCommand::customer),
                staff,
                new Page.Request(limit, after));
        Listing rows = new Listing("id", "email", "name", "role", "access", "status", "customer", "lastSeenAt");
        for (UserRow user : page.items()) {
            rows.row(
                    user.userId(),
                    user.email(),
                    user.name(),
                    user.role(),
                    user.access(),
                    user.status(),
                    user.customerId(),
                    user.lastSeenAt());
        }
        show(rows.next(page.next()));
    }
}
