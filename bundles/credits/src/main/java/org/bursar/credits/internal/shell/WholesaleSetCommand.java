package org.bursar.credits.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.Wholesale;
import org.bursar.kernel.Decimals;
import org.bursar.shell.TenantCommand;

/** {@code wholesale:set}: opens a tenant's wholesale wallet or changes its terms. */
@Service
@Command(
        scope = "wholesale",
        name = "set",
        description = "Lets a tenant's holds be paid at the platform too, at a rate")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WholesaleSetCommand extends TenantCommand {
    @Reference
    private Wholesale wholesale;

    @Argument(index = 1, name = "unit", description = "such as EUR; stays what it was first", required = true)
    private String unit;

    @Argument(
            index = 2,
            name = "rate",
            description = "what a unit of the customers' wallets costs, such as 0.40",
            required = true)
    private String rate;

    @Argument(index = 3, name = "overdraft", description = "how far below zero holds may go; 0 without it")
    private String overdraft = "0";

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        Wholesale.Terms terms = new Wholesale.Terms(unit, Typed.decimal(rate), Typed.decimal(overdraft));
        String question = "charge the tenant " + Decimals.text(terms.rate()) + ' ' + unit
                + " for each unit of its customers', with " + Decimals.text(terms.overdraft()) + " of overdraft?";
        if (confirmed(yes, question)) {
            show(WholesaleShowCommand.wallet(wholesale.set(scope(), terms)));
        }
    }
}
