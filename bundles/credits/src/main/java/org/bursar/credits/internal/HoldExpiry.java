package org.bursar.credits.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TimeFollower;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Every two seconds, and of a sandbox when its time comes to it: holds whose time has run out give back what they reserve. */
@Component(service = {RecurringJob.class, TimeFollower.class})
public final class HoldExpiry implements RecurringJob, TimeFollower {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int FIRST = 100;

    private final TenantDirectory tenants;
    private final TenantClocks clocks;
    private final HoldSweep sweep;

    @Activate
    public HoldExpiry(@Reference TenantDirectory tenants, @Reference TenantClocks clocks, @Reference HoldSweep sweep) {
        this.tenants = tenants;
        this.clocks = clocks;
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

    @Override
    public void run() {
        tenants.each(tenant -> {
            if (!clocks.sandbox(tenant)) {
                due(Scope.of(tenant, Actor.system(name())));
            }
        });
    }

    @Override
    public int order() {
        return FIRST;
    }

    @Override
    public Optional<Instant> nextDue(Scope scope) {
        return sweep.next(scope);
    }

    @Override
    public void due(Scope scope) {
        sweep.expireOverdue(scope);
    }
}
