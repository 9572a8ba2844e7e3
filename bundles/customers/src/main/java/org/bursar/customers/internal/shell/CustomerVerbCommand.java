package org.bursar.customers.internal.shell;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.bursar.customers.internal.AccountLifecycle.Verb;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;

/** Changes a customer's status after a question. */
abstract class CustomerVerbCommand extends CustomerCommand {
    @Argument(index = 1, name = "customer", description = "Its id", required = true)
    @Nullable
    String customer;

    @Option(name = "--reason", description = "Why, for people; kept in the audit log")
    @Nullable
    String reason;

    @Option(name = "--yes", description = "Do not ask")
    boolean yes;

    @Option(name = "--json", description = "JSON instead of a table")
    boolean json;

    @Reference
    @Nullable
    Session session;

    abstract Verb verb();

    @Override
    void run(Scope scope) throws Exception {
        CustomerId id = id(customer);
        FoundCustomer found = directory().get(scope, id);
        String question =
                verb().name().toLowerCase(Locale.ROOT) + " " + found.row().name() + "? (yes/no): ";
        if (!yes && !"yes".equalsIgnoreCase(given(session).readLine(question, null))) {
            System.out.println("Nothing was changed.");
            return;
        }
        lifecycle().change(scope, id, verb(), OptionalLong.empty(), reason);
        FoundCustomer changed = directory().get(scope, id);
        if (json) {
            System.out.println(CustomerTable.json(changed));
        } else {
            CustomerTable.print(System.out, List.of(changed));
        }
    }
}
