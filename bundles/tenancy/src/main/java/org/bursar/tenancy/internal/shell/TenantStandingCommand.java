package org.bursar.tenancy.internal.shell;

import java.io.IOException;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.bursar.kernel.Scope;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenant.Suspension;
import org.bursar.tenancy.internal.StoredTenants;
import org.jspecify.annotations.Nullable;

/** Suspends or resumes a tenant after a question. */
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
abstract class TenantStandingCommand extends TenantCommand {
    private final boolean suspends;

    @Reference
    private StoredTenants stored;

    @Option(name = "--reason", description = "why, for people; it stays in the audit log")
    private @Nullable String reason;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    TenantStandingCommand(boolean suspends) {
        this.suspends = suspends;
    }

    @Override
    protected void run() throws IOException {
        Scope scope = scope();
        String name = stored.get(scope, scope.tenant()).name();
        if (confirmed(yes, (suspends ? "suspend " : "resume ") + name + "?")) {
            stored.setSuspended(scope, scope.tenant(), suspends, OptionalLong.empty(), reason);
            show(row(stored.get(scope, scope.tenant())));
        }
    }

    private static Listing row(Tenant tenant) {
        return new Listing("id", "slug", "name", "suspendedAt", "reason")
                .row(
                        tenant.id(),
                        tenant.slug(),
                        tenant.name(),
                        tenant.suspension().map(Suspension::since).orElse(null),
                        tenant.suspension().flatMap(Suspension::reason).orElse(null));
    }
}
