package org.bursar.customers.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.customers.internal.AccountLifecycle.Verb;

/** {@code customer:resume}: lifts a suspension, whoever suspended. */
@Service
@Command(scope = "customer", name = "resume", description = "Lifts a customer's suspension")
public final class CustomerResumeCommand extends CustomerVerbCommand {
    @Override
    Verb verb() {
        return Verb.RESUME;
    }
}
