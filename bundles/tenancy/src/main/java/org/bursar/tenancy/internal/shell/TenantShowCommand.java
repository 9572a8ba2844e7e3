package org.bursar.tenancy.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.internal.Domains;
import org.bursar.tenancy.internal.StoredTenants;
import org.bursar.tenancy.internal.sql.TenantMapper.DomainRow;

/** {@code tenant:show}: one tenant, a row for each of its hosts. */
@Service
@Command(scope = "tenant", name = "show", description = "Shows a tenant and its hosts")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class TenantShowCommand extends TenantCommand {
    @Reference
    private StoredTenants stored;

    @Reference
    private Domains domains;

    @Override
    protected void run() {
        Scope scope = scope();
        Tenant tenant = stored.get(scope, scope.tenant());
        Listing rows = new Listing("id", "slug", "name", "kind", "unit", "timeZone", "host", "verified");
        row(rows, tenant, tenant.slug() + ".localhost", true);
        for (DomainRow domain :
                domains.list(scope, new Page.Request(Page.MOST, null)).items()) {
            row(rows, tenant, domain.host(), domain.verifiedAt() != null);
        }
        show(rows);
    }

    private static void row(Listing rows, Tenant tenant, String host, boolean verified) {
        rows.row(
                tenant.id(),
                tenant.slug(),
                tenant.name(),
                tenant.kind(),
                tenant.unit(),
                tenant.timeZone(),
                host,
                verified);
    }
}
