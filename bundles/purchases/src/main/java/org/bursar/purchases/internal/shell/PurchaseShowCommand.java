package org.bursar.purchases.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseEvent;
import org.bursar.purchases.Purchases;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;

/** {@code purchase:show}: one purchase and what happened to it. */
@Service
@Command(scope = "purchase", name = "show", description = "Shows a purchase and what happened to it")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseShowCommand extends TenantCommand {
    @Reference
    private Purchases purchases;

    @Argument(index = 1, name = "purchase", description = "the purchase's id", required = true)
    private String purchase;

    @Override
    protected void run() {
        PurchaseId id = PurchaseIds.read(purchase);
        Purchase found = purchases.get(scope(), id);
        Listing rows = new Listing("what", "value", "by", "at");
        rows.row("number", found.number(), null, null);
        rows.row("title", found.title(), null, null);
        rows.row("customer", found.customer(), null, null);
        rows.row("price", found.price(), null, null);
        rows.row("credits", Decimals.text(found.credits()), null, null);
        rows.row("credited", Decimals.text(found.credited()), null, null);
        rows.row("gateway", found.gateway(), null, null);
        rows.row("status", found.state(), null, found.updatedAt());
        if (found.alert() != null) {
            rows.row("alert", found.alert(), null, null);
        }
        for (PurchaseEvent event : purchases.events(scope(), id)) {
            rows.row(event.kind(), event.note(), event.by(), event.at());
        }
        show(rows);
    }
}
