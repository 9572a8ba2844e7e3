package org.bursar.plans.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.plans.internal.sql.LeaseMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Every minute: forgets leases that ended more than a day ago. No lease waits for it to end. */
@Component
public final class LeaseJanitor implements RecurringJob {
    private static final Duration KEPT = Duration.ofDays(1);

    private final Database database;
    private final TenantDirectory tenants;
    private final TenantClocks clocks;
    private final LeaseMapper sql;

    @Activate
    public LeaseJanitor(
            @Reference Database database, @Reference TenantDirectory tenants, @Reference TenantClocks clocks) {
        this.database = database;
        this.tenants = tenants;
        this.clocks = clocks;
        this.sql = database.mapper("plans", LeaseMapper.class);
    }

    @Override
    public String name() {
        return "lease-janitor";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        tenants.each(this::clean);
    }

    private void clean(TenantId tenant) {
        Instant now = clocks.of(tenant).instant();
        Instant before = now.minus(KEPT);
        // the first 48 bits of a UUID of version 7 are the milliseconds of its making, by the real time
        UUID made = new UUID(clocks.wall().instant().minus(KEPT).toEpochMilli() << 16, 0);
        database.run(Scope.of(tenant, Actor.system(name())), () -> {
            sql.endOverdue(tenant, now);
            sql.forget(tenant, made, before);
        });
    }
}
