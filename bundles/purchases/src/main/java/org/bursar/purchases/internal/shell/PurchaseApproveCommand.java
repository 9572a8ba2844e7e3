package org.bursar.purchases.internal.shell;

import java.io.IOException;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.Purchases;
import org.jspecify.annotations.Nullable;

/** {@code purchase:approve}: the money came. */
@Service
@Command(scope = "purchase", name = "approve", description = "Posts the credit of a deposit that came")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseApproveCommand implements Action {
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

    @Argument(index = 2, name = "amount", description = "what was received, such as 450.00", required = true)
    private String amount;

    @Argument(index = 3, name = "currency", description = "its currency, such as USD", required = true)
    private String currency;

    @Argument(index = 4, name = "evidence", description = "where the money was seen", required = true)
    private String evidence;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    public @Nullable Object execute() throws IOException {
        Scope scope = Operators.scope(tenants, tenant);
        PurchaseId id = PurchaseId.fromString(purchase);
        Money received = Money.of(currency, Decimals.parse(amount));
        Purchase found = purchases.get(scope, id);
        if (!yes
                && !Answers.yes(
                        session,
                        "Approve " + found.number() + ", " + received + ", and add " + Decimals.text(found.credits())
                                + " of credit?")) {
            session.getConsole().println("nothing was changed");
            return null;
        }
        Purchase approved = purchases.approve(scope, id, received, Optional.of(evidence));
        session.getConsole().println(approved.number() + " " + PurchaseLines.state(approved));
        return null;
    }
}
