package org.bursar.tenancy.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.internal.StoredTenants;
import org.jspecify.annotations.Nullable;

/** {@code tenant:list}: the tenants of this installation. */
@Service
@Command(scope = "tenant", name = "list", description = "Lists tenants, the newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class TenantListCommand implements Action {
    @Reference
    private StoredTenants tenants;

    @Reference
    private Session session;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        try {
            show(tenants.list(TenantLines.SCOPE, new Page.Request(limit, after)));
            return null;
        } catch (ProblemException e) {
            throw new IllegalArgumentException(e.problem().detail(), e);
        }
    }

    private void show(Page<Tenant> page) {
        PrintStream out = session.getConsole();
        if (json) {
            ObjectNode node = new JsonMapper().createObjectNode();
            ArrayNode items = node.putArray("items");
            page.items().forEach(tenant -> items.add(TenantLines.node(tenant)));
            out.println(node.put("next", page.next()));
            return;
        }
        ShellTable table = new ShellTable();
        for (String column : new String[] {"Id", "Slug", "Name", "Kind", "Unit", "Time zone", "Created"}) {
            table.column(column);
        }
        for (Tenant tenant : page.items()) {
            table.addRow()
                    .addContent(
                            tenant.id(),
                            tenant.slug(),
                            tenant.name(),
                            tenant.kind(),
                            tenant.unit(),
                            tenant.timeZone(),
                            tenant.createdAt());
        }
        table.print(out);
        if (page.next() != null) {
            out.println("more: --after " + page.next());
        }
    }
}
