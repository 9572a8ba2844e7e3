package org.bursar.purchases.internal.shell;

import java.io.IOException;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.purchases.PurchaseRefunds;
import org.bursar.purchases.Purchases;
import org.bursar.purchases.Refund;
import org.bursar.purchases.RefundPreview;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code purchase:refund}: pays back. */
@Service
@Command(scope = "purchase", name = "refund", description = "Pays back all or a part of a purchase")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class PurchaseRefundCommand extends TenantCommand {
    @Reference
    private Purchases purchases;

    @Reference
    private PurchaseRefunds refunds;

    @Argument(index = 1, name = "purchase", description = "the purchase's id", required = true)
    private String purchase;

    @Argument(index = 2, name = "reason", description = "why, in one line", required = true)
    private String reason;

    @Option(name = "--amount", description = "how much, such as 20.00; without it all that can be paid back")
    private @Nullable String amount;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        PurchaseId id = PurchaseIds.read(purchase);
        String currency = purchases.get(scope(), id).price().currency();
        Optional<Money> asked =
                amount == null ? Optional.empty() : Optional.of(Money.of(currency, Decimals.parse(amount)));
        RefundPreview preview = refunds.preview(scope(), id, asked);
        String question = "Pay back " + preview.amount() + " of at most " + preview.refundable() + "? Of "
                + Decimals.text(preview.credited()) + " credit " + Decimals.text(preview.spent()) + " is spent; "
                + Decimals.text(preview.taken()) + " is taken, the balance becomes "
                + Decimals.text(preview.balanceAfter()) + '.';
        if (confirmed(yes, question)) {
            RefundId refund = refunds.plan(scope(), id, Optional.of(preview.amount()), reason);
            refunds.execute(scope(), refund);
            Refund made = refunds.get(scope(), id, refund);
            show(new Listing("id", "amount", "status", "detail")
                    .row(made.id(), made.amount(), made.status(), made.detail()));
        }
    }
}
