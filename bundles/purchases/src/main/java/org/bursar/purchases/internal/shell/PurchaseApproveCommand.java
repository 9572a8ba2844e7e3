package org.bursar.purchases.internal.shell;

import java.io.IOException;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.Purchases;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;

/** {@code purchase:approve}: the money came. */
@Service
@Command(scope = "purchase", name = "approve", description = "Posts the credit of a deposit that came")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseApproveCommand extends TenantCommand {
    @Reference
    private Purchases purchases;

    @Argument(index = 1, name = "purchase", description = "the purchase's id", required = true)
    private String purchase;

    @Argument(index = 2, name = "amount", description = "what was received, such as 450.00", required = true)
    private String amount;

    @Argument(index = 3, name = "currency", description = "its currency, such as USD", required = true)
    private String currency;

    @Argument(index = 4, name = "evidence", description = "where the money was seen", required = true)
    private String evidence;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        PurchaseId id = PurchaseIds.read(purchase);
        Money received = Money.of(currency, Decimals.parse(amount));
        Purchase found = purchases.get(scope(), id);
        String question = "Approve " + found.number() + ", " + received + ", and add " + Decimals.text(found.credits())
                + " of credit?";
        if (confirmed(yes, question)) {
            Purchase approved = purchases.approve(scope(), id, received, Optional.of(evidence));
            show(new Listing("id", "number", "status", "credited")
                    .row(approved.id(), approved.number(), approved.state(), approved.credited()));
        }
    }
}
