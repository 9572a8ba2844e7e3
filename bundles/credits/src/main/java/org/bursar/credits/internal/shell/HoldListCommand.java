package org.bursar.credits.internal.shell;

import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.Holds;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.TenantDirectory;
import org.jspecify.annotations.Nullable;

/** {@code hold:list}: holds, newest first. */
@Service
@Command(scope = "hold", name = "list", description = "Lists the holds of a tenant or customer, newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class HoldListCommand implements Action {
    @Reference
    private Holds holds;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = true)
    private String tenant;

    @Argument(index = 1, name = "customer", description = "the customer's id; all without it")
    @Completion(CustomerCompleter.class)
    private @Nullable String customer;

    @Option(name = "--open", description = "only those that are open")
    private boolean open;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        try {
            show(holds.list(
                    Operator.scope(tenants, tenant),
                    Optional.ofNullable(customer).map(Operator::customer),
                    open ? Optional.of(HoldStatus.OPEN) : Optional.empty(),
                    new Page.Request(limit, after)));
            return null;
        } catch (ProblemException e) {
            throw Operator.refused(e);
        }
    }

    private void show(Page<Hold> page) {
        PrintStream out = session.getConsole();
        if (json) {
            out.println(Lines.json(page));
            return;
        }
        ShellTable table = new ShellTable();
        table.column("Hold");
        table.column("Customer");
        table.column("Status");
        table.column("Amount").alignRight();
        table.column("Settled").alignRight();
        table.column("Expires");
        for (Hold hold : page.items()) {
            table.addRow()
                    .addContent(
                            hold.id(),
                            hold.customer(),
                            Lines.word(hold.status()),
                            Decimals.text(hold.amount()),
                            Decimals.text(hold.settled()),
                            hold.expiresAt());
        }
        table.print(out);
        if (page.next() != null) {
            out.println("more: --after " + page.next());
        }
    }
}
