package org.bursar.credits.internal.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bursar.credits.Wallets;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;

/** Completes a customer's id from the first wallets of the tenant that stands before it. */
@Service
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it asks
public final class CustomerCompleter implements Completer {
    private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", "operator");

    @Reference
    private Wallets wallets;

    @Reference
    private TenantDirectory tenants;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> ids = new ArrayList<>();
        tenant(line.getArguments())
                .ifPresent(tenant -> wallets.list(Scope.of(tenant, OPERATOR), new Page.Request(Page.MOST, null))
                        .items()
                        .forEach(wallet -> ids.add(wallet.customer().toString())));
        String typed = line.getCursorArgument();
        if (ids.isEmpty() && typed != null) {
            // to complete what follows, the shell shows us the id alone and asks whether it may be one
            ids.add(typed);
        }
        return new StringsCompleter(ids).complete(session, line, candidates);
    }

    private Optional<TenantId> tenant(String[] arguments) {
        for (String argument : arguments) {
            Optional<TenantId> tenant = tenants.bySlug(argument);
            if (tenant.isPresent()) {
                return tenant;
            }
        }
        return Optional.empty();
    }
}
