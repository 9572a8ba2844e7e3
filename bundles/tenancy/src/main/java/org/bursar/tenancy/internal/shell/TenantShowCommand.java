package org.bursar.tenancy.internal.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.internal.Domains;
import org.bursar.tenancy.internal.StoredTenants;
import org.bursar.tenancy.internal.sql.TenantMapper.DomainRow;
import org.jspecify.annotations.Nullable;

/** {@code tenant:show}: one tenant and its hosts. */
@Service
@Command(scope = "tenant", name = "show", description = "Shows a tenant and its hosts")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class TenantShowCommand implements Action {
    @Reference
    private StoredTenants tenants;

    @Reference
    private Domains domains;

    @Reference
    private TenantDirectory directory;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = true)
    private String slug;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        TenantId id =
                directory.bySlug(slug).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + slug));
        Tenant tenant = tenants.get(TenantLines.SCOPE, id);
        List<DomainRow> hosts = domains.list(Scope.of(id, TenantLines.SCOPE.actor()), new Page.Request(Page.MOST, null))
                .items();
        PrintStream out = session.getConsole();
        if (json) {
            ObjectNode node = TenantLines.node(tenant);
            ArrayNode items = node.putArray("domains");
            hosts.forEach(
                    host -> items.addObject().put("host", host.host()).put("verified", host.verifiedAt() != null));
            out.println(node);
            return null;
        }
        out.println(tenant.id() + "  " + tenant.slug() + "  " + tenant.name());
        out.println("kind " + tenant.kind() + "  unit " + tenant.unit() + "  time zone " + tenant.timeZone()
                + "  since " + tenant.createdAt());
        out.println("host " + tenant.slug() + ".localhost");
        hosts.forEach(host ->
                out.println("host " + host.host() + (host.verifiedAt() == null ? "  not verified" : "  verified")));
        return null;
    }
}
