package org.bursar.customers.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.customers.internal.AccountLifecycle.Verb;

/**  no AI calls, no new users:Suspends a customer. */
@Service
@Command(scope = "customer", name = "suspend", description = "Suspend a customer")
public final class CustomerSuspendCommand extends CustomerVerbCommand {
    @Override
    Verb verb() {
        return Verb.SUSPEND;
    }
}
