package org.bursar.credits.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.Balance;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Wallet;
import org.bursar.credits.Wallets;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code wallet:show}: a wallet and its latest entries. */
@Service
@Command(scope = "wallet", name = "show", description = "Shows a customer's wallet and its latest entries")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WalletShowCommand extends TenantCommand {
    @Reference
    private Wallets wallets;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    @Completion(CustomerCompleter.class)
    private String customer;

    @Option(name = "--entries", description = "how many of the latest entries, 1 to 200; with --json they alone")
    private @Nullable Integer entries;

    @Override
    protected void run() {
        CustomerId id = customer(customer);
        // a script reads one thing at a time: the wallet, or with --entries its entries
        if (!json() || entries == null) {
            Wallet wallet = wallets.get(scope(), id);
            Balance balance = wallet.balance();
            show(new Listing("customer", "unit", "balance", "held", "available", "overdraft")
                    .row(
                            id,
                            balance.unit(),
                            balance.balance(),
                            balance.held(),
                            balance.available(),
                            balance.overdraft()));
        }
        if (!json() || entries != null) {
            int latest = entries == null ? 10 : entries;
            Page<LedgerEntry> page =
                    wallets.entries(scope(), id, Wallets.Order.NEWEST_FIRST, new Page.Request(latest, null));
            Listing rows = new Listing("seq", "kind", "amount", "balanceAfter", "reference", "reason", "createdAt");
            for (LedgerEntry entry : page.items()) {
                rows.row(
                        entry.seq(),
                        entry.kind(),
                        entry.amount(),
                        entry.balanceAfter(),
                        entry.reference(),
                        entry.reason(),
                        entry.createdAt());
            }
            show(rows);
        }
    }
}
