package org.bursar.customers.internal.shell;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.customers.internal.CustomerFilter;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;

/** Lists a tenant's customers. */
@Service
@Command(scope = "customer", name = "list", description = "List a tenant's customers, the newest first")
public final class CustomerListCommand extends CustomerCommand {
    private static final int MOST = 2_000;

    @Option(name = "--q", description = "Part of a name or of the admin's e-mail")
    @Nullable
    String q;

    @Option(name = "--status", description = "The standing: active, past_due, locked, suspended, inactive, deleted")
    @Nullable
    String status;

    @Option(name = "--plan", description = "The key of a plan")
    @Nullable
    String plan;

    @Option(name = "--sort", description = "-registered (newest first, the default), registered, name or -name")
    @Nullable
    String sort;

    @Option(name = "--json", description = "JSON instead of a table")
    boolean json;

    @Override
    void run(Scope scope) {
        CustomerFilter filter = CustomerFilter.of(q, status, plan, sort);
        List<FoundCustomer> found = new ArrayList<>();
        String after = null;
        do {
            Page<FoundCustomer> page = directory().list(scope, filter, new Page.Request(Page.MOST, after));
            found.addAll(page.items());
            after = page.next();
        } while (after != null && found.size() < MOST);
        if (json) {
            CustomerTable.printJson(System.out, found);
            return;
        }
        CustomerTable.print(System.out, found);
        if (after != null) {
            System.out.println("There are more; narrow the list with --q, --status or --plan.");
        }
    }
}
