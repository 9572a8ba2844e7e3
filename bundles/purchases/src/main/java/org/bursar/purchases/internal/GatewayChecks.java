package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.GatewayHealth;
import org.bursar.purchases.GatewayInstances;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.FeedMapper;
import org.bursar.purchases.internal.sql.InstanceMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks, each hour, how the providers are that tenants have sold through, so that the last weeks can be shown; and forgets what is
 * older. A provider that answers nobody is asked by a few tenants and then left alone until the next hour.
 */
@Component(service = RecurringJob.class)
public final class GatewayChecks implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayChecks.class);

    private final Database database;
    private final TenantDirectory tenants;
    private final GatewayInstances instances;
    private final Clock clock;
    private final FeedMapper feeds;
    private final InstanceMapper mapper;

    @Activate
    public GatewayChecks(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference GatewayInstances instances,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.instances = instances;
        this.clock = clock;
        feeds = database.mapper("purchases", FeedMapper.class);
        mapper = database.mapper("purchases", InstanceMapper.class);
    }

    @Override
    public String name() {
        return "gateway-checks";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        SilentGateways silent = new SilentGateways();
        JobThreads.each(name(), tenants.all(), tenant -> check(Scope.of(tenant, Actor.system(name())), silent));
    }

    private void check(Scope scope, SilentGateways silent) {
        TenantId tenant = scope.tenant();
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(GatewayInstances.HEALTH_DAYS);
        try {
            List<String> sold = database.transact(scope, () -> {
                mapper.forgetHealthDays(tenant, first);
                return feeds.selling(tenant);
            });
            for (String gateway : sold) {
                if (!silent.leavesAlone(tenant, gateway)
                        && !Thread.currentThread().isInterrupted()) {
                    GatewayHealth health = instances.health(scope, gateway);
                    boolean silence = health.code() == GatewayHealth.Code.UNKNOWN;
                    silent.told(tenant, gateway, silence ? Told.NOTHING : Told.SOMETHING);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("the gateways of tenant {} could not be checked", tenant, e);
        }
    }
}
