package org.bursar.identity.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.identity.internal.AuditChain;
import org.bursar.kernel.Scope;
import org.bursar.shell.TenantCommand;

/** {@code audit:verify}: fails when an entry of a tenant's log was edited, removed or slipped in. */
@Service
@Command(scope = "audit", name = "verify", description = "Verifies the hash chain over a tenant's audit log")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class AuditVerifyCommand extends TenantCommand {
    @Reference
    private AuditChain chain;

    @Override
    protected void run() {
        Scope scope = scope();
        chain.extend(scope.tenant());
        chain.fault(scope.tenant()).ifPresent(fault -> {
            throw new IllegalStateException("the audit log was tampered with: " + fault);
        });
        out().println(json() ? "{\"intact\":true}" : "the audit log is as it was written");
    }
}
