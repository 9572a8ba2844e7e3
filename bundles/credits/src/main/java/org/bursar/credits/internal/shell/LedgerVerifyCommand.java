package org.bursar.credits.internal.shell;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.bursar.credits.LedgerVerification;
import org.bursar.credits.LedgerVerification.Report;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.jspecify.annotations.Nullable;

/**
 * {@code ledger:verify}: proves the ledger of one tenant or of all; whatever is wrong is printed and fails the
 * command.
 */
@Service
@Command(scope = "ledger", name = "verify", description = "Proves that every balance is the sum of its entries")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class LedgerVerifyCommand implements Action {
    @Reference
    private LedgerVerification verification;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug; all without it")
    private @Nullable String tenant;

    @Override
    public @Nullable Object execute() {
        List<Scope> scopes = tenant == null
                ? tenants.all().stream().map(Operator::scope).toList()
                : List.of(Operator.scope(tenants, tenant));
        PrintStream out = session.getConsole();
        long wallets = 0;
        long entries = 0;
        long faults = 0;
        for (Scope scope : scopes) {
            Report report = verification.verify(scope);
            wallets += report.wallets();
            entries += report.entries();
            faults += report.faults().size();
            report.faults()
                    .forEach(fault -> out.println(scope.tenant() + " " + fault.customer() + ": " + fault.what()));
        }
        out.println(wallets + " wallets, " + entries + " entries, " + faults + " faults");
        if (faults > 0) {
            throw new IllegalStateException("the ledger is wrong in " + faults + " places");
        }
        return null;
    }
}
