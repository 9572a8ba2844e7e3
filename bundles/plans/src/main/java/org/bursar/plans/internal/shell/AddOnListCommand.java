package org.bursar.plans.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.plans.AddOn;
import org.bursar.plans.AddOns;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code add-on:list}: a tenant's add-ons with their newest prices. */
@Service
@Command(scope = "add-on", name = "list", description = "Lists add-ons by key")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class AddOnListCommand extends TenantCommand {
    @Reference
    private AddOns addOns;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<AddOn> page = addOns.list(scope(), new Page.Request(limit, after));
        Listing rows = new Listing("id", "key", "name", "unitPrice", "currency", "limit", "raisesBy", "active");
        for (AddOn addOn : page.items()) {
            rows.row(
                    addOn.id(),
                    addOn.key(),
                    addOn.name(),
                    addOn.terms().unitPrice().amount(),
                    addOn.terms().unitPrice().currency(),
                    addOn.terms().limit().orElse(null),
                    addOn.terms().raisesBy(),
                    addOn.active());
        }
        show(rows.next(page.next()));
    }
}
