package org.bursar.tenancy.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code tenant:resume}: lifts a suspension. */
@Service
@Command(scope = "tenant", name = "resume", description = "Lifts a tenant's suspension")
public final class TenantResumeCommand extends TenantStandingCommand {
    public TenantResumeCommand() {
        super(false);
    }
}
