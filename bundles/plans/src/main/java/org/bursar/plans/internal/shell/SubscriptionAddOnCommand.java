package org.bursar.plans.internal.shell;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Decimals;
import org.bursar.plans.SubscribedAddOn;
import org.bursar.plans.Subscription;
import org.bursar.shell.Listing;

/** {@code subscription:add-on}: gives a customer so many of an add-on. */
@Service
@Command(scope = "subscription", name = "add-on", description = "Gives a customer so many of an add-on, at once")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class SubscriptionAddOnCommand extends SubscriptionCommand {
    @Argument(index = 2, name = "add-on", description = "its key or id", required = true)
    private String addOn;

    @Argument(index = 3, name = "quantity", description = "a whole number; 0 takes it away", required = true)
    private String quantity;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        BigDecimal wanted = quantity();
        if (confirmed(yes, "Give " + customer() + ' ' + quantity + " of " + addOn + "?")) {
            showAddOns(subscriptions.setAddOn(scope(), customer(), addOn, wanted, OptionalLong.empty()));
        }
    }

    private BigDecimal quantity() {
        try {
            return Decimals.parse(quantity);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a quantity: " + quantity, e);
        }
    }

    private void showAddOns(Subscription subscription) {
        Listing rows = new Listing("addOn", "name", "quantity", "unitPrice", "monthlyCost", "allAMonth", "currency");
        for (SubscribedAddOn one : subscription.addOns()) {
            rows.row(
                    one.key(),
                    one.name(),
                    one.quantity(),
                    one.terms().unitPrice().amount(),
                    one.monthlyCost().amount(),
                    subscription.monthlyRecurringCost().amount(),
                    subscription.monthlyRecurringCost().currency());
        }
        show(rows);
    }
}
