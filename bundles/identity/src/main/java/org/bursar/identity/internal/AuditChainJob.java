package org.bursar.identity.internal;

import java.time.Duration;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Chains new audit entries. */
@Component(service = RecurringJob.class)
public final class AuditChainJob implements RecurringJob {
    private final AuditChain chain;
    private final TenantDirectory tenants;

    @Activate
    public AuditChainJob(@Reference AuditChain chain, @Reference TenantDirectory tenants) {
        this.chain = chain;
        this.tenants = tenants;
    }

    @Override
    public String name() {
        return "audit-chain";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        chain.extend(Scope.PLATFORM);
        tenants.all().forEach(chain::extend);
    }
}
