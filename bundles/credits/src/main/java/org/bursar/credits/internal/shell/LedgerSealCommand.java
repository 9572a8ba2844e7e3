package org.bursar.credits.internal.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.credits.LedgerSeals;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.shell.Listing;
import org.bursar.shell.OperatorCommand;
import org.bursar.shell.TenantCompleter;
import org.jspecify.annotations.Nullable;

/** {@code ledger:seal}: seals new entries now, which the job does every twenty seconds. */
@Service
@Command(scope = "ledger", name = "seal", description = "Seals what is not sealed yet, now instead of in a moment")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class LedgerSealCommand extends OperatorCommand {
    @Reference
    private LedgerSeals seals;

    @Reference
    private TenantDirectory tenants;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug; all without it")
    @Completion(TenantCompleter.class)
    private @Nullable String tenant;

    @Override
    protected void run() {
        Listing rows = new Listing("tenant", "sealed");
        for (TenantId id : tenant == null ? tenants.all() : List.of(named(tenant))) {
            rows.row(id, seals.seal(Scope.of(id, OPERATOR)));
        }
        show(rows);
    }

    private TenantId named(String slug) {
        return tenants.bySlug(slug).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + slug));
    }
}
