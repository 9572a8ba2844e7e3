package org.bursar.tenancy.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code tenant:suspend}: its people read, export and pay, and nobody of it is served. */
@Service
@Command(
        scope = "tenant",
        name = "suspend",
        description = "Suspends a tenant: no AI calls and no changes; reading, exporting and paying still work")
public final class TenantSuspendCommand extends TenantStandingCommand {
    public TenantSuspendCommand() {
        super(true);
    }
}
