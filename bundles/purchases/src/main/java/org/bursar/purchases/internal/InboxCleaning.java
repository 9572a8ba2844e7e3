package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.internal.sql.InboxMapper;
import org.bursar.purchases.internal.sql.InstanceMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes webhooks after 30 days, rejected ones beyond a gateway's newest thousand before that, and secrets that were replaced
 * when nothing signed with them can be in the inbox any more.
 */
@Component(service = RecurringJob.class)
public final class InboxCleaning implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(InboxCleaning.class);
    static final Duration KEPT = Duration.ofDays(30);
    static final int REJECTED_KEPT = 1_000;
    private static final int AT_ONCE = 500;

    private final Database database;
    private final TenantDirectory tenants;
    private final Clock clock;
    private final InboxMapper mapper;
    private final InstanceMapper instances;

    @Activate
    public InboxCleaning(@Reference Database database, @Reference TenantDirectory tenants, @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.clock = clock;
        mapper = database.mapper("purchases", InboxMapper.class);
        instances = database.mapper("purchases", InstanceMapper.class);
    }

    @Override
    public String name() {
        return "webhook-cleanup";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        Stream.concat(Stream.of(Scope.PLATFORM), tenants.all().stream()).forEach(tenant -> {
            try {
                clean(tenant);
            } catch (RuntimeException e) {
                LOG.warn("the webhooks of tenant {} could not be cleaned up", tenant, e);
            }
        });
    }

    private void clean(TenantId tenant) {
        Scope scope = Scope.of(tenant, Actor.system(name()));
        Instant until = clock.instant().minus(KEPT);
        int removed;
        do {
            removed = database.transact(scope, () -> mapper.forget(tenant, until, AT_ONCE));
        } while (removed == AT_ONCE);
        for (String gateway : database.transact(scope, () -> mapper.rejecting(tenant))) {
            do {
                removed =
                        database.transact(scope, () -> mapper.forgetRejected(tenant, gateway, REJECTED_KEPT, AT_ONCE));
            } while (removed == AT_ONCE);
        }
        database.run(scope, () -> instances.forgetPrevious(tenant, until));
    }
}
