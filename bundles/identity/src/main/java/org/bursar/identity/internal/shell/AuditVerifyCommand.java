package org.bursar.identity.internal.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.bursar.identity.internal.AuditChain;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.jspecify.annotations.Nullable;

/** {@code audit:verify}: fails when an entry of a tenant's log was edited, removed or slipped in. */
@Service
@Command(scope = "audit", name = "verify", description = "Verifies the hash chain over a tenant's audit log")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class AuditVerifyCommand implements Action {
    @Reference
    private AuditChain chain;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug, or platform", required = true)
    private String tenant;

    @Override
    public @Nullable Object execute() {
        Scope scope = Operator.scope(tenants, tenant);
        chain.extend(scope.tenant());
        Optional<String> fault = chain.fault(scope.tenant());
        fault.ifPresent(text -> {
            throw new IllegalStateException("the audit log of " + tenant + " was tampered with: " + text);
        });
        session.getConsole().println("the audit log of " + tenant + " is as it was written");
        return null;
    }
}
