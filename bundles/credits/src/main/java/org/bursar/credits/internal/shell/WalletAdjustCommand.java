package org.bursar.credits.internal.shell;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
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
import org.bursar.credits.Wallets;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code wallet:adjust}: adds credit or deducts it. */
@Service
@Command(scope = "wallet", name = "adjust", description = "Adds credit to a customer's wallet or deducts it")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WalletAdjustCommand extends TenantCommand {
    @Reference
    private Wallets wallets;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    @Completion(CustomerCompleter.class)
    private String customer;

    @Argument(index = 2, name = "operation", description = "add or deduct", required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"add", "deduct"})
    private String operation;

    @Argument(index = 3, name = "amount", description = "such as 10.00", required = true)
    private String amount;

    @Argument(index = 4, name = "reason", description = "why; the customer can read it", required = true)
    private String reason;

    @Option(
            name = "--expires",
            description = "when what is added expires, such as 2027-01-31T00:00:00Z; never without it")
    private @Nullable String expires;

    @Option(name = "--priority", description = "0 to 1000, the smaller is spent first; 100 without it")
    private @Nullable Integer priority;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Option(name = "--key", description = "any text; the same one adjusts this wallet once, so a retry is safe")
    private @Nullable String key;

    @Override
    protected void run() throws IOException {
        CustomerId id = customer(customer);
        Adjustment adjustment = adjustment();
        String question = operation + ' ' + Decimals.text(adjustment.amount()) + " for " + id + ", " + reason + '?';
        if (confirmed(yes, question)) {
            LedgerEntry entry = wallets.adjust(scope(), id, adjustment, key());
            show(new Listing("seq", "kind", "amount", "balanceAfter", "reason")
                    .row(entry.seq(), entry.kind(), entry.amount(), entry.balanceAfter(), entry.reason()));
        }
    }

    private Adjustment adjustment() {
        Adjustment.Operation what = switch (operation.toLowerCase(Locale.ROOT)) {
            case "add" -> Adjustment.Operation.ADD;
            case "deduct" -> Adjustment.Operation.DEDUCT;
            default -> throw new IllegalArgumentException("add or deduct, not " + operation);
        };
        return new Adjustment(what, decimal(), reason, expiresAt(), Optional.ofNullable(priority));
    }

    private Optional<Instant> expiresAt() {
        try {
            return Optional.ofNullable(expires).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time such as 2027-01-31T00:00:00Z: " + expires, e);
        }
    }

    private BigDecimal decimal() {
        try {
            return Decimals.parse(amount);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not an amount such as 10.00: " + amount, e);
        }
    }

    private UUID key() {
        return key == null
                ? UUID.randomUUID()
                : UUID.nameUUIDFromBytes(("wallet:adjust " + key).getBytes(StandardCharsets.UTF_8));
    }
}
