package org.bursar.credits.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.LedgerSeals;
import org.bursar.kernel.Scope;
import org.bursar.shell.Listing;
import org.bursar.shell.OperatorCommand;

/** {@code ledger:new-key}: seals are signed with a new key from now on. */
@Service
@Command(scope = "ledger", name = "new-key", description = "Makes a new key; it signs all seals from the next one on")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class LedgerNewKeyCommand extends OperatorCommand {
    @Reference
    private LedgerSeals seals;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        if (confirmed(yes, "Sign the seals of all tenants with a new key? Who checks them has to learn it.")) {
            show(new Listing("publicKey").row(seals.newKey(Scope.platform(OPERATOR))));
        }
    }
}
