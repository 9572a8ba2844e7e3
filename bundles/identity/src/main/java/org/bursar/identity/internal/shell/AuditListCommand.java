package org.bursar.identity.internal.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.identity.internal.AuditEntry;
import org.bursar.identity.internal.AuditLog;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code audit:list}: what was done, by whom and to what; the states before and after are read over HTTP. */
@Service
@Command(scope = "audit", name = "list", description = "Lists a tenant's audit log, the newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class AuditListCommand extends TenantCommand {
    @Reference
    private AuditLog audit;

    @Option(name = "--subject", description = "only what was done to this id")
    private @Nullable String subject;

    @Option(name = "--customer", description = "only what concerns this customer, by its id")
    private @Nullable String customer;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<AuditEntry> page = audit.list(
                scope(),
                Optional.ofNullable(subject),
                Optional.ofNullable(customer).map(TenantCommand::customer),
                new Page.Request(limit, after));
        Listing rows = new Listing("id", "at", "actor", "actorName", "action", "subject", "customer");
        for (AuditEntry entry : page.items()) {
            rows.row(
                    entry.id(),
                    entry.at(),
                    entry.actorId(),
                    entry.actorName().orElse(null),
                    entry.action(),
                    entry.subject(),
                    entry.customer().orElse(null));
        }
        show(rows.next(page.next()));
    }
}
