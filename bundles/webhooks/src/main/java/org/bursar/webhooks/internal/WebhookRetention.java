package org.bursar.webhooks.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.webhooks.internal.sql.WebhookMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes events, and with them their deliveries, that are older than 30 days and wait for nothing. */
@Component(service = RecurringJob.class)
public final class WebhookRetention implements RecurringJob {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 500;

    private final Database database;
    private final TenantDirectory tenants;
    private final Clock clock;
    private final WebhookMapper mapper;

    @Activate
    public WebhookRetention(@Reference Database database, @Reference TenantDirectory tenants, @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.clock = clock;
        mapper = database.mapper("webhooks", WebhookMapper.class);
    }

    @Override
    public String name() {
        return "webhook-retention";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        Instant before = clock.instant().minus(KEPT);
        for (TenantId tenant : tenants.all()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            int removed;
            do {
                removed = database.transact(scope, () -> mapper.removeOld(tenant, before, BATCH));
            } while (removed == BATCH);
        }
    }
}
