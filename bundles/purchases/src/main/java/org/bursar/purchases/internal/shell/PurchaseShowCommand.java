package org.bursar.purchases.internal.shell;

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
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseEvent;
import org.bursar.purchases.Purchases;
import org.jspecify.annotations.Nullable;

/** {@code purchase:show}: one purchase and what happened to it. */
@Service
@Command(scope = "purchase", name = "show", description = "Shows a purchase and what happened to it")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseShowCommand implements Action {
    @Reference
    private Purchases purchases;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = true)
    private String tenant;

    @Argument(index = 1, name = "purchase", description = "the purchase's id", required = true)
    private String purchase;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        Scope scope = Operators.scope(tenants, tenant);
        PurchaseId id = PurchaseId.fromString(purchase);
        Purchase found = purchases.get(scope, id);
        List<PurchaseEvent> events = purchases.events(scope, id);
        PrintStream out = session.getConsole();
        if (json) {
            ObjectNode node = PurchaseLines.json(found);
            events.forEach(event -> node.withArray("events")
                    .addObject()
                    .put("kind", event.kind())
                    .put("by", event.by())
                    .put("note", event.note())
                    .put("at", event.at().toString()));
            out.println(node);
            return null;
        }
        out.println(found.number() + "  " + found.title() + "  " + found.price() + " for "
                + Decimals.text(found.credits()) + " of credit");
        out.println(PurchaseLines.state(found) + ", credited " + Decimals.text(found.credited()) + ", by "
                + found.gateway() + ", customer " + found.customer());
        if (found.alert() != null) {
            out.println("look at this: " + found.alert());
        }
        ShellTable table = new ShellTable();
        table.column("At");
        table.column("What");
        table.column("By");
        table.column("Note");
        for (PurchaseEvent event : events) {
            table.addRow().addContent(event.at(), event.kind(), event.by(), event.note() == null ? "" : event.note());
        }
        table.print(out);
        return null;
    }
}
