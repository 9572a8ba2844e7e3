package org.bursar.plans.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Problems;

/** {@code subscription:show}: what a customer subscribed to. */
@Service
@Command(scope = "subscription", name = "show", description = "Shows a customer's subscription")
public final class SubscriptionShowCommand extends SubscriptionCommand {
    @Override
    protected void run() {
        show(subscriptions.find(scope(), customer()).orElseThrow(Problems::notFound));
    }
}
