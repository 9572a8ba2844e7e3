package org.bursar.credits.internal.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.LedgerSeals;
import org.bursar.credits.LedgerVerification;
import org.bursar.credits.LedgerVerification.Report;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.shell.Listing;
import org.bursar.shell.OperatorCommand;
import org.bursar.shell.TenantCompleter;
import org.jspecify.annotations.Nullable;

/**
 * {@code ledger:verify}: proves the ledger of one tenant or of all; whatever is wrong is printed and fails the
 * command.
 */
@Service
@Command(
        scope = "ledger",
        name = "verify",
        description = "Proves that every balance is the sum of its entries, and that no sealed entry was changed")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class LedgerVerifyCommand extends OperatorCommand {
    @Reference
    private LedgerVerification verification;

    @Reference
    private LedgerSeals seals;

    @Reference
    private TenantDirectory tenants;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug; all without it")
    @Completion(TenantCompleter.class)
    private @Nullable String tenant;

    @Override
    protected void run() {
        Listing wrong = new Listing("tenant", "customer", "fault");
        long wallets = 0;
        long entries = 0;
        long faults = 0;
        long entriesSealed = 0;
        for (TenantId id : tenant == null ? tenants.all() : List.of(named(tenant))) {
            Scope scope = Scope.of(id, OPERATOR);
            Report report = verification.verify(scope);
            LedgerSeals.Report proof = seals.check(scope);
            wallets += report.wallets();
            entries += report.entries();
            entriesSealed += proof.entries();
            faults += report.faults().size() + proof.faults().size();
            report.faults().forEach(fault -> wrong.row(id, fault.customer(), fault.what()));
            proof.faults().forEach(fault -> wrong.row(id, fault.customer(), fault.what()));
        }
        if (json() || faults > 0) {
            show(wrong);
        }
        if (!json()) {
            out().println(wallets + " wallets, " + entries + " entries, of which " + entriesSealed + " are sealed, "
                    + faults + " faults");
        }
        if (faults > 0) {
            throw new IllegalStateException("the ledger is wrong in " + faults + " places");
        }
    }

    private TenantId named(String slug) {
        return tenants.bySlug(slug).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + slug));
    }
}
