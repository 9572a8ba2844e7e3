package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.SavedMethods;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.MethodMapper;
import org.bursar.purchases.internal.sql.MethodRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells providers to forget the methods that customers have removed; until one has, it is asked every hour. */
@Component(service = RecurringJob.class)
public final class MethodForgetting implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(MethodForgetting.class);
    private static final int AT_ONCE = 50;
    private static final Duration AGAIN = Duration.ofHours(1);

    private final Database database;
    private final Secrets secrets;
    private final TenantDirectory tenants;
    private final SettingsStore settings;
    private final GatewayCalls calls;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final MethodMapper mapper;

    @Activate
    public MethodForgetting(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference TenantDirectory tenants,
            @Reference SettingsStore settings,
            @Reference GatewayCalls calls,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.tenants = tenants;
        this.settings = settings;
        this.calls = calls;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", MethodMapper.class);
    }

    @Override
    public String name() {
        return "saved-method-forgetting";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        SilentGateways silent = new SilentGateways();
        tenants.each(tenant -> {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            List<MethodRow> due = database.transact(scope, () -> mapper.toForget(tenant, clock.instant(), AT_ONCE));
            for (MethodRow row : due) {
                if (!silent.leavesAlone(tenant, row.gatewayId())) {
                    silent.told(tenant, row.gatewayId(), forget(scope, row));
                }
            }
        });
    }

    /** Answers what the provider told. */
    private Told forget(Scope scope, MethodRow row) {
        TenantSettings own = database.transact(scope, () -> settings.load(scope.tenant(), row.gatewayId()));
        GatewayOutcome<Boolean> outcome =
                calls.call(row.gatewayId(), configuration.patienceForCalls(), (gateway, deadline) -> {
                    if (!(gateway instanceof SavedMethods methods)) {
                        throw new GatewayException(Kind.UNSUPPORTED, "the gateway keeps no methods");
                    }
                    methods.forget(
                            new CallContext(scope.tenant(), own, row.mode(), secrets, clock, deadline), row.ref());
                    return Boolean.TRUE;
                });
        boolean done = outcome instanceof GatewayOutcome.Answered
                || outcome instanceof GatewayOutcome.Refused<Boolean> refused && refused.kind() == Kind.NOT_FOUND;
        if (!done) {
            LOG.info("the provider of method {} could not be told to forget it: {}", row.methodId(), outcome);
        }
        Instant now = clock.instant();
        database.run(scope, () -> mapper.forgotten(scope.tenant(), row.methodId(), done ? null : now.plus(AGAIN), now));
        return done ? Told.SOMETHING : Told.of(outcome);
    }
}
