package org.bursar.plans.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code subscription:lock}: stops a customer's service at once. */
@Service
@Command(scope = "subscription", name = "lock", description = "Stops a customer's service at once")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class SubscriptionLockCommand extends SubscriptionCommand {
    @Argument(index = 2, name = "reason", description = "why", required = true)
    private String reason;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        if (confirmed(yes, "Lock the subscription of " + customer() + "?")) {
            show(subscriptions.lock(scope(), customer(), reason));
        }
    }
}
