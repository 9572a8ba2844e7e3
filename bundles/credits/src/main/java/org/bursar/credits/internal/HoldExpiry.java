package org.bursar.credits.internal;

import java.time.Duration;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Every two seconds: holds whose time has run out give back what they reserve. */
@Component(service = RecurringJob.class)
public final class HoldExpiry implements RecurringJob {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final TenantDirectory tenants;
    private final HoldSweep sweep;

    @Activate
    public HoldExpiry(@Reference TenantDirectory tenants, @Reference HoldSweep sweep) {
        this.tenants = tenants;
        this.sweep = sweep;
    }

    @Override
    public String name() {
        return "hold-expiry";
    }

    @Override
    public Duration every() {
        return PAUSE;
    }

    /** Takes every tenant's turn even when one fails; the failure is thrown in the end, so that it is seen. */
    @Override
    public void run() {
        @Nullable RuntimeException failure = null;
        for (TenantId tenant : tenants.all()) {
            try {
                sweep.expireOverdue(Scope.of(tenant, Actor.system(name())));
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
