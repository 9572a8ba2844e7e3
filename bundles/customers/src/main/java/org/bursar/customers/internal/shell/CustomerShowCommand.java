package org.bursar.customers.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;

/** Shows one customer. */
@Service
@Command(scope = "customer", name = "show", description = "Show a customer")
public final class CustomerShowCommand extends CustomerCommand {
    @Argument(index = 1, name = "customer", description = "Its id", required = true)
    @Nullable
    String customer;

    @Option(name = "--json", description = "JSON instead of text")
    boolean json;

    @Override
    void run(Scope scope) {
        FoundCustomer found = directory().get(scope, id(customer));
        if (json) {
            System.out.println(CustomerTable.json(found));
        } else {
            CustomerTable.printOne(System.out, found);
        }
    }
}
