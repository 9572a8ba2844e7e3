package org.bursar.purchases.internal.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.Purchases;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code purchase:list}. */
@Service
@Command(scope = "purchase", name = "list", description = "Lists purchases, newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseListCommand extends TenantCommand {
    @Reference
    private Purchases purchases;

    @Option(name = "--customer", description = "only this customer's, by id")
    private @Nullable String customer;

    @Option(name = "--status", description = "only those in this state, such as awaiting_payment")
    private @Nullable String status;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        PurchaseFilter filter = new PurchaseFilter(
                Optional.ofNullable(customer).map(TenantCommand::customer),
                Optional.ofNullable(status).map(PurchaseListCommand::state),
                Optional.empty());
        Page<Purchase> page = purchases.list(scope(), filter, new Page.Request(limit, after));
        Listing rows =
                new Listing("id", "number", "customer", "title", "price", "credits", "gateway", "status", "createdAt");
        for (Purchase purchase : page.items()) {
            rows.row(
                    purchase.id(),
                    purchase.number(),
                    purchase.customer(),
                    purchase.title(),
                    purchase.price(),
                    purchase.credits(),
                    purchase.gateway(),
                    purchase.state(),
                    purchase.createdAt());
        }
        show(rows.next(page.next()));
    }

    private static PurchaseState state(String text) {
        try {
            return PurchaseState.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            String states = Arrays.toString(PurchaseState.values()).toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("not a state: " + text + "; there are " + states, e);
        }
    }
}
