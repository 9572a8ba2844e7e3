package org.bursar.credits.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.Balance;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Wholesale;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code wholesale:show}: what a tenant has with the platform. */
@Service
@Command(scope = "wholesale", name = "show", description = "Shows what a tenant has with the platform")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WholesaleShowCommand extends TenantCommand {
    @Reference
    private Wholesale wholesale;

    @Option(name = "--entries", description = "instead: so many of the latest entries, 1 to 200")
    private @Nullable Integer entries;

    @Override
    protected void run() {
        if (entries == null) {
            show(wallet(wholesale.get(scope())));
            return;
        }
        Listing rows = new Listing("seq", "kind", "amount", "balanceAfter", "reference", "reason", "createdAt");
        for (LedgerEntry entry :
                wholesale.entries(scope(), new Page.Request(entries, null)).items()) {
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

    static Listing wallet(Wholesale.Account account) {
        Balance balance = account.balance();
        return new Listing("unit", "rate", "balance", "held", "available", "overdraft")
                .row(
                        balance.unit(),
                        account.rate(),
                        balance.balance(),
                        balance.held(),
                        balance.available(),
                        balance.overdraft());
    }
}
