package org.bursar.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bursar.kernel.TenantDirectory;

/** Completes a tenant's slug. */
@Service
@SuppressWarnings("NullAway.Init") // the shell fills the field
public final class TenantCompleter implements Completer {
    @Reference
    private TenantDirectory tenants;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter slugs = new StringsCompleter();
        slugs.getStrings().addAll(tenants.slugs());
        return slugs.complete(session, line, candidates);
    }
}
