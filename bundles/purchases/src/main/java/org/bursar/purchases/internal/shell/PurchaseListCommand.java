package org.bursar.purchases.internal.shell;

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
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.kernel.TenantDirectory;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.Purchases;
import org.jspecify.annotations.Nullable;

/** {@code purchase:list}. */
@Service
@Command(scope = "purchase", name = "list", description = "Lists purchases, newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseListCommand implements Action {
    @Reference
    private Purchases purchases;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = true)
    private String tenant;

    @Option(name = "--customer", description = "only this customer's, by id")
    private @Nullable String customer;

    @Option(name = "--status", description = "only those in this state, such as awaiting_payment")
    private @Nullable String status;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        PurchaseFilter filter = new PurchaseFilter(
                Optional.ofNullable(customer).map(CustomerId::fromString),
                Optional.ofNullable(status).map(text -> PurchaseState.valueOf(text.toUpperCase(Locale.ROOT))),
                Optional.empty());
        Page<Purchase> page =
                purchases.list(Operators.scope(tenants, tenant), filter, new Page.Request(Page.USUAL, after));
        PrintStream out = session.getConsole();
        if (json) {
            out.println(PurchaseLines.json(page));
            return null;
        }
        ShellTable table = new ShellTable();
        table.column("Purchase");
        table.column("Number");
        table.column("Customer");
        table.column("Title");
        table.column("Price").alignRight();
        table.column("Credits").alignRight();
        table.column("Gateway");
        table.column("Status");
        table.column("Placed");
        for (Purchase purchase : page.items()) {
            table.addRow()
                    .addContent(
                            purchase.id(),
                            purchase.number(),
                            purchase.customer(),
                            purchase.title(),
                            purchase.price(),
                            Decimals.text(purchase.credits()),
                            purchase.gateway(),
                            PurchaseLines.state(purchase),
                            purchase.createdAt());
        }
        table.print(out);
        if (page.next() != null) {
            out.println("more: --after " + page.next());
        }
        return null;
    }
}
