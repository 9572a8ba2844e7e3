package org.bursar.identity.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.bursar.database.Database;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deletes sessions, links and counters that are over. */
@Component(service = RecurringJob.class)
public final class IdentityCleanupJob implements RecurringJob {
    private static final Duration LINKS_KEPT = Duration.ofDays(30);
    private static final Duration COUNTERS_KEPT = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;
    private final TenantDirectory tenants;
    private final SessionMapper mapper;

    @Activate
    public IdentityCleanupJob(
            @Reference Database database, @Reference Clock clock, @Reference TenantDirectory tenants) {
        this.database = database;
        this.clock = clock;
        this.tenants = tenants;
        this.mapper = database.mapper("identity", SessionMapper.class);
    }

    @Override
    public String name() {
        return "identity-cleanup";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        clean(Scope.PLATFORM);
        tenants.all().forEach(this::clean);
    }

    private void clean(TenantId tenant) {
        Instant now = clock.instant();
        database.run(Scope.of(tenant, Actor.system(name())), () -> {
            mapper.cleanSessions(tenant, now);
            // used and expired links are kept for a while, so that their owner reads "ended" and not "unknown"
            mapper.cleanLinks(tenant, now.minus(LINKS_KEPT));
            mapper.cleanCounters(tenant, now.minus(COUNTERS_KEPT), now);
        });
    }
}
