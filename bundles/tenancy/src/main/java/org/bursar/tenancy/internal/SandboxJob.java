package org.bursar.tenancy.internal;

import java.time.Duration;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Every few seconds: moves on the clocks of sandboxes that a request has left on their way. */
@Component
public final class SandboxJob implements RecurringJob {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** So that one far journey does not keep the other sandboxes waiting. */
    private static final Duration A_TURN = Duration.ofSeconds(10);

    private final TenantDirectory directory;
    private final TenantClocks clocks;
    private final SandboxClocks sandboxes;

    @Activate
    public SandboxJob(
            @Reference TenantDirectory directory, @Reference TenantClocks clocks, @Reference SandboxClocks sandboxes) {
        this.directory = directory;
        this.clocks = clocks;
        this.sandboxes = sandboxes;
    }

    @Override
    public String name() {
        return "sandbox-clocks";
    }

    @Override
    public Duration every() {
        return PAUSE;
    }

    @Override
    public void run() {
        directory.each(tenant -> {
            if (clocks.sandbox(tenant) && sandboxes.moving(tenant)) {
                sandboxes.go(tenant, A_TURN);
            }
        });
    }
}
