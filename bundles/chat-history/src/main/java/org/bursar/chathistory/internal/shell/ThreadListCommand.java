package org.bursar.chathistory.internal.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.chathistory.ChatThread;
import org.bursar.chathistory.ThreadFilter;
import org.bursar.chathistory.Threads;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** {@code thread:list}: a customer's threads, the latest activity first. What was said is not shown. */
@Service
@Command(scope = "thread", name = "list", description = "Lists the threads of a customer, the latest activity first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class ThreadListCommand implements Action {
    @Reference
    private Threads threads;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = true)
    private String tenant;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    private String customer;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        TenantId id =
                tenants.bySlug(tenant).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + tenant));
        Scope scope = Scope.of(id, new Actor(Actor.Kind.OPERATOR, "operator", "operator"));
        Page<ChatThread> page = threads.list(
                scope, ThreadFilter.of(CustomerId.fromString(customer)), new Page.Request(Page.USUAL, after));
        PrintStream out = session.getConsole();
        if (json) {
            out.println(ThreadLines.json(page));
            return null;
        }
        ShellTable table = new ShellTable();
        table.column("Thread");
        table.column("Agent");
        table.column("External id");
        table.column("Status");
        table.column("Messages").alignRight();
        table.column("Updated");
        for (ChatThread thread : page.items()) {
            table.addRow()
                    .addContent(
                            thread.id(),
                            thread.agent(),
                            thread.externalId().orElse(""),
                            thread.status().name().toLowerCase(java.util.Locale.ROOT),
                            thread.messages(),
                            thread.updatedAt());
        }
        table.print(out);
        if (page.next() != null) {
            out.println("more: --after " + page.next());
        }
        return null;
    }
}
