package org.bursar.plans.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code subscription:unlock}: lets a customer's service go on. */
@Service
@Command(scope = "subscription", name = "unlock", description = "Lets a customer's service go on")
public final class SubscriptionUnlockCommand extends SubscriptionCommand {
    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        if (confirmed(yes, "Unlock the subscription of " + customer() + "?")) {
            show(subscriptions.unlock(scope(), customer()));
        }
    }
}
