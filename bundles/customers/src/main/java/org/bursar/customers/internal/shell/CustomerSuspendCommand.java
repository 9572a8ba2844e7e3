package org.bursar.customers.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.customers.internal.AccountLifecycle.Verb;

/** {@code customer:suspend}: no AI calls and no new users; signing in, viewing and paying still work. */
@Service
@Command(scope = "customer", name = "suspend", description = "Suspends a customer: no AI calls, no new users")
public final class CustomerSuspendCommand extends CustomerVerbCommand {
    @Override
    Verb verb() {
        return Verb.SUSPEND;
    }
}
