package org.bursar.credits.internal.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.Balance;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Lot;
import org.bursar.credits.Wallet;
import org.bursar.credits.Wallets;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code wallet:show}: a wallet, the lots in it and its latest entries. */
@Service
@Command(scope = "wallet", name = "show", description = "Shows a customer's wallet, its lots and its latest entries")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WalletShowCommand extends TenantCommand {
    @Reference
    private Wallets wallets;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    @Completion(CustomerCompleter.class)
    private String customer;

    @Option(name = "--entries", description = "how many of the latest entries, 1 to 200; with --json they alone")
    private @Nullable Integer entries;

    @Option(name = "--lots", description = "with --json: the lots in it alone, in the order in which they are spent")
    private boolean lots;

    @Override
    protected void run() {
        CustomerId id = customer(customer);
        // a script reads one thing at a time: the wallet, or with --lots its lots, or with --entries its entries
        boolean one = json();
        Wallets.Contents contents = wallets.contents(scope(), id);
        if (!one || entries == null && !lots) {
            show(wallet(contents.wallet()));
        }
        if (!one || lots) {
            show(lots(contents.lots()));
        }
        if (!one || entries != null && !lots) {
            show(entries(id));
        }
    }

    private static Listing wallet(Wallet wallet) {
        Balance balance = wallet.balance();
        return new Listing("customer", "unit", "balance", "held", "available", "overdraft")
                .row(
                        wallet.customer(),
                        balance.unit(),
                        balance.balance(),
                        balance.held(),
                        balance.available(),
                        balance.overdraft());
    }

    private static Listing lots(List<Lot> lots) {
        Listing rows = new Listing("lot", "kind", "reference", "granted", "remaining", "priority", "expiresAt");
        for (Lot lot : lots) {
            rows.row(
                    lot.seq(),
                    lot.kind(),
                    lot.reference(),
                    lot.granted(),
                    lot.remaining(),
                    lot.priority(),
                    lot.expiresAt());
        }
        return rows;
    }

    private Listing entries(CustomerId id) {
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
        return rows;
    }
}
