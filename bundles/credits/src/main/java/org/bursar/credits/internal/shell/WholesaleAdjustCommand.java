package org.bursar.credits.internal.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bursar.credits.Adjustment;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Wholesale;
import org.bursar.kernel.Decimals;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code wholesale:adjust}: adds what a tenant has paid, or deducts. */
@Service
@Command(scope = "wholesale", name = "adjust", description = "Adds what a tenant has paid the platform, or deducts")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WholesaleAdjustCommand extends TenantCommand {
    @Reference
    private Wholesale wholesale;

    @Argument(index = 1, name = "operation", description = "add or deduct", required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"add", "deduct"})
    private String operation;

    @Argument(index = 2, name = "amount", description = "such as 1000.00", required = true)
    private String amount;

    @Argument(index = 3, name = "reason", description = "why; the tenant can read it", required = true)
    private String reason;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Option(name = "--key", description = "any text; the same one adjusts this wallet once, so a retry is safe")
    private @Nullable String key;

    @Override
    protected void run() throws IOException {
        Adjustment adjustment = new Adjustment(operation(), Typed.decimal(amount), reason);
        if (confirmed(yes, operation + ' ' + Decimals.text(adjustment.amount()) + ", " + reason + '?')) {
            LedgerEntry entry = wholesale.adjust(scope(), adjustment, key());
            show(new Listing("seq", "kind", "amount", "balanceAfter", "reason")
                    .row(entry.seq(), entry.kind(), entry.amount(), entry.balanceAfter(), entry.reason()));
        }
    }

    private Adjustment.Operation operation() {
        return switch (operation.toLowerCase(Locale.ROOT)) {
            case "add" -> Adjustment.Operation.ADD;
            case "deduct" -> Adjustment.Operation.DEDUCT;
            default -> throw new IllegalArgumentException("add or deduct, not " + operation);
        };
    }

    private UUID key() {
        return key == null
                ? UUID.randomUUID()
                : UUID.nameUUIDFromBytes(("wholesale:adjust " + key).getBytes(StandardCharsets.UTF_8));
    }
}
