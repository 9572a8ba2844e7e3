package org.bursar.credits.internal.shell;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bursar.credits.SpendCap;
import org.bursar.credits.SpendCaps;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.UserId;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;

/** {@code cap:set}: sets how much a user may spend. */
@Service
@Command(scope = "cap", name = "set", description = "Sets how much of a customer's credit a user may spend")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class CapSetCommand extends TenantCommand {
    @Reference
    private SpendCaps caps;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    @Completion(CustomerCompleter.class)
    private String customer;

    @Argument(index = 2, name = "user", description = "the user's id", required = true)
    private String user;

    @Argument(
            index = 3,
            name = "amount",
            description = "such as 50.00; 0 for nothing, none for no cap",
            required = true)
    private String amount;

    @Argument(
            index = 4,
            name = "period",
            description = "total, day or month: after what it begins anew; month without it")
    @Completion(
            value = StringsCompleter.class,
            values = {"total", "day", "month"})
    private String period = "month";

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        CustomerId id = customer(customer);
        UserId of = Typed.user(user);
        if (amount.equals("none")) {
            if (confirmed(yes, "remove the cap of " + of + '?')) {
                caps.remove(scope(), id, of);
            }
            return;
        }
        BigDecimal most = Typed.decimal(amount);
        SpendCap.Period each = period();
        if (confirmed(yes, "let " + of + " spend " + Decimals.text(most) + " (" + period + ")?")) {
            SpendCap cap = caps.set(scope(), id, of, most, each);
            show(CapListCommand.row(
                    new Listing("user", "amount", "period", "spent", "held", "available", "until", "byTenant"), cap));
        }
    }

    private SpendCap.Period period() {
        for (SpendCap.Period each : SpendCap.Period.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(period)) {
                return each;
            }
        }
        throw new IllegalArgumentException("total, day or month, not " + period);
    }
}
