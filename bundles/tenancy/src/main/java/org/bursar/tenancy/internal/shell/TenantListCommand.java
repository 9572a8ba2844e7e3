package org.bursar.tenancy.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.shell.Listing;
import org.bursar.shell.OperatorCommand;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.internal.StoredTenants;
import org.jspecify.annotations.Nullable;

/** {@code tenant:list}: the tenants of this installation. */
@Service
@Command(scope = "tenant", name = "list", description = "Lists tenants, the newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class TenantListCommand extends OperatorCommand {
    @Reference
    private StoredTenants tenants;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<Tenant> page = tenants.list(Scope.platform(OPERATOR), new Page.Request(limit, after));
        Listing rows = new Listing("id", "slug", "name", "kind", "unit", "timeZone", "createdAt", "sandbox");
        for (Tenant tenant : page.items()) {
            rows.row(
                    tenant.id(),
                    tenant.slug(),
                    tenant.name(),
                    tenant.kind(),
                    tenant.unit(),
                    tenant.timeZone(),
                    tenant.createdAt(),
                    tenant.sandbox());
        }
        show(rows.next(page.next()));
    }
}
