package org.bursar.purchases.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseReconciler;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;

/** {@code purchase:reconcile}: asks the provider now. */
@Service
@Command(scope = "purchase", name = "reconcile", description = "Asks the provider about a purchase now")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseReconcileCommand extends TenantCommand {
    @Reference
    private PurchaseReconciler reconciler;

    @Argument(index = 1, name = "purchase", description = "the purchase's id", required = true)
    private String purchase;

    @Override
    protected void run() {
        Purchase seen = reconciler.lookNow(scope(), PurchaseIds.read(purchase));
        show(new Listing("id", "number", "status", "credited", "alert")
                .row(seen.id(), seen.number(), seen.state(), seen.credited(), seen.alert()));
    }
}
