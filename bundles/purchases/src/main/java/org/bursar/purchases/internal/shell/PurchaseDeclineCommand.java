package org.bursar.purchases.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.Purchases;
import org.jspecify.annotations.Nullable;

/** {@code purchase:decline}: the money did not come. */
@Service
@Command(scope = "purchase", name = "decline", description = "Declines a deposit that did not come")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseDeclineCommand implements Action {
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

    @Argument(index = 2, name = "reason", description = "why", required = true)
    private String reason;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    public @Nullable Object execute() throws IOException {
        Scope scope = Operators.scope(tenants, tenant);
        PurchaseId id = PurchaseId.fromString(purchase);
        Purchase found = purchases.get(scope, id);
        if (!yes && !Answers.yes(session, "Decline " + found.number() + ", " + found.price() + "?")) {
            session.getConsole().println("nothing was changed");
            return null;
        }
        Purchase declined = purchases.decline(scope, id, reason);
        session.getConsole().println(declined.number() + " " + PurchaseLines.state(declined));
        return null;
    }
}
