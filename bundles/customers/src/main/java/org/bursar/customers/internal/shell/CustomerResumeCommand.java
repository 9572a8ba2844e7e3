package org.bursar.customers.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.customers.internal.AccountLifecycle.Verb;

/** Lifts a customer's suspension. */
@Service
@Command(scope = "customer", name = "resume", description = "Lift a customer's suspension")
public final class CustomerResumeCommand extends CustomerVerbCommand {
    @Override
    Verb verb() {
        return Verb.RESUME;
    }
}
