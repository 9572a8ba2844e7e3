package org.bursar.purchases.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.Purchases;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;

/** {@code purchase:decline}: the money did not come. */
@Service
@Command(scope = "purchase", name = "decline", description = "Declines a deposit that did not come")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseDeclineCommand extends TenantCommand {
    @Reference
    private Purchases purchases;

    @Argument(index = 1, name = "purchase", description = "the purchase's id", required = true)
    private String purchase;

    @Argument(index = 2, name = "reason", description = "why", required = true)
    private String reason;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        PurchaseId id = PurchaseIds.read(purchase);
        Purchase found = purchases.get(scope(), id);
        if (confirmed(yes, "Decline " + found.number() + ", " + found.price() + "?")) {
            Purchase declined = purchases.decline(scope(), id, reason);
            show(new Listing("id", "number", "status").row(declined.id(), declined.number(), declined.state()));
        }
    }
}
