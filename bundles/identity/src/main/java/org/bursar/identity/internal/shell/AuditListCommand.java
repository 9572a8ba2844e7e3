package org.bursar.identity.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.identity.internal.AuditEntry;
import org.bursar.identity.internal.AuditLog;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.jspecify.annotations.Nullable;

/** {@code audit:list}: what was done, by whom and to what; what it was before and after only with {@code --json}. */
@Service
@Command(scope = "audit", name = "list", description = "Lists a tenant's audit log, the newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class AuditListCommand implements Action {
    private static final JsonMapper JSON = new JsonMapper();

    @Reference
    private AuditLog audit;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug, or platform", required = true)
    private String tenant;

    @Option(name = "--subject", description = "only what was done to this id")
    private @Nullable String subject;

    @Option(name = "--customer", description = "only what concerns this customer, by its id")
    private @Nullable String customer;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Option(name = "--json", description = "write JSON, with the states before and after")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        try {
            Scope scope = Operator.scope(tenants, tenant);
            show(audit.list(
                    scope,
                    Optional.ofNullable(subject),
                    Optional.ofNullable(customer).map(CustomerId::fromString),
                    new Page.Request(limit, after)));
            return null;
        } catch (ProblemException e) {
            throw new IllegalArgumentException(e.problem().detail(), e);
        }
    }

    private void show(Page<AuditEntry> page) {
        PrintStream out = session.getConsole();
        if (json) {
            ObjectNode node = JSON.createObjectNode();
            ArrayNode items = node.putArray("items");
            for (AuditEntry entry : page.items()) {
                ObjectNode item = items.addObject()
                        .put("id", entry.id().toString())
                        .put("at", entry.at().toString())
                        .put("action", entry.action())
                        .put("subject", entry.subject())
                        .put(
                                "customer",
                                entry.customer().map(CustomerId::toString).orElse(null))
                        .put("erased", entry.erased());
                item.putObject("actor")
                        .put("kind", entry.actorKind().toLowerCase(Locale.ROOT))
                        .put("id", entry.actorId())
                        .put("name", entry.actorName().orElse(null));
                item.set("before", entry.before().orElse(null));
                item.set("after", entry.after().orElse(null));
            }
            out.println(node.put("next", page.next()));
            return;
        }
        ShellTable table = new ShellTable();
        for (String column : new String[] {"Time", "Who", "Action", "To what", "Customer"}) {
            table.column(column);
        }
        for (AuditEntry entry : page.items()) {
            table.addRow()
                    .addContent(
                            entry.at(),
                            entry.actorName().orElse(entry.actorId()),
                            entry.action(),
                            entry.subject(),
                            entry.customer().map(CustomerId::toString).orElse(""));
        }
        table.print(out);
        if (page.next() != null) {
            out.println("more: --after " + page.next());
        }
    }
}
