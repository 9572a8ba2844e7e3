package org.bursar.customers.internal.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.customers.internal.CustomerDirectory;
import org.bursar.shell.TenantCommand;

/** {@code customer:show}: one customer. */
@Service
@Command(scope = "customer", name = "show", description = "Shows a customer")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class CustomerShowCommand extends TenantCommand {
    @Reference
    private CustomerDirectory directory;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    @Completion(CustomerCompleter.class)
    private String customer;

    @Override
    protected void run() {
        show(CustomerListing.of(List.of(directory.get(scope(), customer(customer)))));
    }
}
