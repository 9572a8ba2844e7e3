package org.bursar.credits.internal.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.credits.Balance;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Wallet;
import org.bursar.credits.Wallets;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.jspecify.annotations.Nullable;

/** {@code wallet:show}: a wallet and its latest entries. */
@Service
@Command(scope = "wallet", name = "show", description = "Shows a customer's wallet and its latest entries")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WalletShowCommand implements Action {
    @Reference
    private Wallets wallets;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = true)
    private String tenant;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    @Completion(CustomerCompleter.class)
    private String customer;

    @Option(name = "--entries", description = "how many of the latest entries, 1 to 200")
    private int entries = 10;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        try {
            CustomerId id = Operator.customer(customer);
            Scope scope = Operator.scope(tenants, tenant);
            Wallet wallet = wallets.get(scope, id);
            Page<LedgerEntry> latest =
                    wallets.entries(scope, id, Wallets.Order.NEWEST_FIRST, new Page.Request(entries, null));
            show(wallet, latest);
            return null;
        } catch (ProblemException e) {
            throw Operator.refused(e);
        }
    }

    private void show(Wallet wallet, Page<LedgerEntry> latest) {
        PrintStream out = session.getConsole();
        if (json) {
            out.println(Lines.json(wallet, latest));
            return;
        }
        Balance balance = wallet.balance();
        out.println("balance " + Decimals.text(balance.balance()) + "  held " + Decimals.text(balance.held())
                + "  available " + Decimals.text(balance.available()) + "  overdraft "
                + Decimals.text(balance.overdraft()) + "  " + balance.unit());
        ShellTable table = new ShellTable();
        table.column("Seq").alignRight();
        table.column("Kind");
        table.column("Amount").alignRight();
        table.column("Balance").alignRight();
        table.column("Reference");
        table.column("Reason");
        table.column("Time");
        for (LedgerEntry entry : latest.items()) {
            table.addRow()
                    .addContent(
                            entry.seq(),
                            Lines.word(entry.kind()),
                            Decimals.text(entry.amount()),
                            Decimals.text(entry.balanceAfter()),
                            entry.reference() == null ? "" : entry.reference(),
                            entry.reason() == null ? "" : entry.reason(),
                            entry.createdAt());
        }
        table.print(out);
    }
}
