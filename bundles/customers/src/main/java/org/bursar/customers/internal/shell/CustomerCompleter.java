package org.bursar.customers.internal.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bursar.customers.internal.CustomerDirectory;
import org.bursar.customers.internal.CustomerFilter;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;

/** Completes a customer's id from the newest customers of the tenant that stands before it. */
@Service
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it asks
public final class CustomerCompleter implements Completer {
    @Reference
    private CustomerDirectory directory;

    @Reference
    private TenantDirectory tenants;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> ids = new ArrayList<>();
        Arrays.stream(line.getArguments())
                .map(tenants::bySlug)
                .flatMap(Optional::stream)
                .findFirst()
                .map(tenant -> Scope.of(tenant, Actor.system("completion")))
                .ifPresent(scope -> directory
                        .list(scope, CustomerFilter.ALL, new Page.Request(Page.MOST, null))
                        .items()
                        .forEach(found -> ids.add(found.row().customerId().toString())));
        String typed = line.getCursorArgument();
        if (ids.isEmpty() && typed != null) {
            // to complete what follows, the shell shows us the id alone and asks whether it may be one
            ids.add(typed);
        }
        return new StringsCompleter(ids).complete(session, line, candidates);
    }
}
