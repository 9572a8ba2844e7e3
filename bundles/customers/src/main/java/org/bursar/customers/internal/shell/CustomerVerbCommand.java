package org.bursar.customers.internal.shell;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.bursar.customers.internal.AccountLifecycle;
import org.bursar.customers.internal.AccountLifecycle.Verb;
import org.bursar.customers.internal.CustomerDirectory;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** Changes a customer's status after a question. */
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
abstract class CustomerVerbCommand extends TenantCommand {
    @Reference
    private CustomerDirectory directory;

    @Reference
    private AccountLifecycle lifecycle;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    @Completion(CustomerCompleter.class)
    private String customer;

    @Option(name = "--reason", description = "why, for people; it stays in the audit log")
    private @Nullable String reason;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    abstract Verb verb();

    @Override
    protected void run() throws IOException {
        Scope scope = scope();
        CustomerId id = customer(customer);
        String name = directory.get(scope, id).row().name();
        if (confirmed(yes, verb().name().toLowerCase(Locale.ROOT) + " " + name + "?")) {
            lifecycle.change(scope, id, verb(), OptionalLong.empty(), reason);
            show(CustomerListing.of(List.of(directory.get(scope, id))));
        }
    }
}
