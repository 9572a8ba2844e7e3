package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Ends deposits that nobody made. Money that comes later can still be approved. */
@Component(service = RecurringJob.class)
public final class PurchaseExpiry implements RecurringJob {
    private static final int AT_ONCE = 100;

    private final Database database;
    private final TenantDirectory tenants;
    private final Settlement settlement;
    private final Clock clock;
    private final PurchaseMapper mapper;

    @Activate
    public PurchaseExpiry(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference Settlement settlement,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.settlement = settlement;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
    }

    @Override
    public String name() {
        return "purchase-expiry";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        for (TenantId tenant : tenants.all()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            List<PurchaseId> due;
            do {
                due = database.transact(scope, () -> mapper.expired(tenant, clock.instant(), AT_ONCE));
                due.forEach(id -> database.run(scope, () -> expire(scope, id)));
            } while (due.size() == AT_ONCE);
        }
    }

    /** Asked again under the lock: an approval may have come in between. */
    private void expire(Scope scope, PurchaseId id) {
        PurchaseRow purchase = settlement.lock(scope, id);
        Instant end = purchase.expiresAt();
        if (purchase.state() == PurchaseState.AWAITING_PAYMENT && end != null && !end.isAfter(clock.instant())) {
            settlement.add(scope, purchase, FactKind.EXPIRED, null, null);
            settlement.settle(scope, purchase);
        }
    }
}
