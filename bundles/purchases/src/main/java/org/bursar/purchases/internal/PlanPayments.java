package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.PlanSales;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.SaleMapper;
import org.bursar.purchases.internal.sql.SaleRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what became of the purchases of plans over to the plans. It is worked out anew from the stored states at each run, never
 * from events: a plan begins once its first purchase is credited; it is told when the newest period was declined and when it is paid
 * after all; and when the plan has ended here, the provider is told to stop. What moves money is done elsewhere: periods fill the
 * wallet as any purchase does, and renewals take from it as any renewal does.
 */
@Component(service = RecurringJob.class)
public final class PlanPayments implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(PlanPayments.class);
    private static final int PAGE = 100;
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    /** A plan whose checkout was left is not waited for any longer; money that comes later than that is credit. */
    private static final Duration GIVEN_UP = Duration.ofDays(60);

    private static final Set<PurchaseState> FAILED =
            EnumSet.of(PurchaseState.DECLINED, PurchaseState.CANCELLED, PurchaseState.EXPIRED);
    private static final Set<PurchaseState> TAKEN_BACK = EnumSet.of(PurchaseState.REFUNDED, PurchaseState.DISPUTED);

    private final Database database;
    private final PresentSales plans;
    private final SaleLooks looks;
    private final Clock clock;
    private final SaleMapper mapper;

    @Activate
    public PlanPayments(
            @Reference Database database,
            @Reference PresentSales plans,
            @Reference SaleLooks looks,
            @Reference Clock clock) {
        this.database = database;
        this.plans = plans;
        this.looks = looks;
        this.clock = clock;
        mapper = database.mapper("purchases", SaleMapper.class);
    }

    @Override
    public String name() {
        return "plan-payments";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void run() {
        SilentGateways silent = new SilentGateways();
        Scope platform = Scope.platform(Actor.system(name()));
        RuntimeException failure = null;
        UUID after = BEFORE_ALL;
        List<UUID> page;
        do {
            UUID from = after;
            page = database.transact(platform, () -> mapper.tenants(platform.tenant(), from, PAGE));
            for (UUID owner : page) {
                try {
                    walk(Scope.of(new TenantId(owner), platform.actor()), silent);
                } catch (RuntimeException e) {
                    // the others have their turn, and the failure is seen in the end
                    LOG.warn("the plans of tenant {} could not be looked at", owner, e);
                    failure = failure == null ? e : failure;
                }
            }
            after = page.isEmpty() ? after : page.get(page.size() - 1);
        } while (page.size() == PAGE);
        if (failure != null) {
            throw failure;
        }
    }

    private void walk(Scope scope, SilentGateways silent) {
        UUID after = BEFORE_ALL;
        List<SaleRow> page;
        do {
            UUID from = after;
            Instant since = clock.instant().minus(GIVEN_UP);
            page = database.transact(scope, () -> mapper.goingOn(scope.tenant(), from, since, PAGE));
            each(scope, page, silent);
            after = page.isEmpty()
                    ? after
                    : page.get(page.size() - 1).purchaseId().uuid();
        } while (page.size() == PAGE);
    }

    private void each(Scope scope, List<SaleRow> page, SilentGateways silent) {
        Optional<PlanSales> sales = plans.find();
        if (page.isEmpty() || sales.isEmpty()) {
            return; // the looks can wait until there is somebody to be told
        }
        List<CustomerId> customers =
                page.stream().map(SaleRow::customerId).distinct().toList();
        Map<CustomerId, PurchaseId> wanted = sales.get().wanted(scope, customers);
        for (SaleRow row : page) {
            try {
                one(scope, row, sales.get(), wanted.get(row.customerId()), silent);
            } catch (DatabaseException e) {
                if (e.unavailable()) {
                    throw e;
                }
                LOG.error("plan payment failed tenant={} purchase={}", scope.tenant(), row.purchaseId(), e);
            } catch (RuntimeException e) {
                // one that fails must not keep the others from being served
                LOG.error("plan payment failed tenant={} purchase={}", scope.tenant(), row.purchaseId(), e);
            }
        }
    }

    private void one(Scope scope, SaleRow row, PlanSales sales, @Nullable PurchaseId wanted, SilentGateways silent) {
        if (row.is(SaleRow.OPEN)) {
            if (row.paid()) {
                paid(scope, row, sales);
            }
            return;
        }
        SaleRow now = row;
        if (row.is(SaleRow.RUNNING)) {
            if (!row.purchaseId().equals(wanted)) {
                stands(scope, row, SaleRow.STOPPING, row.failing(), "the plan is not to be collected for any longer");
                now = database.transact(scope, () -> looks.lock(scope, row.purchaseId()));
            } else {
                failing(scope, row, sales);
            }
        }
        if (!now.nextLookAt().isAfter(clock.instant()) && !silent.leavesAlone(scope.tenant(), row.gatewayId())) {
            Told told = now.is(SaleRow.STOPPING) ? looks.stop(scope, now) : looks.look(scope, now);
            silent.told(scope.tenant(), row.gatewayId(), told);
        }
    }

    /** The plan begins, and what it costs is taken from the wallet, or nothing of both. */
    private void paid(Scope scope, SaleRow row, PlanSales sales) {
        if (TAKEN_BACK.contains(row.newest())) {
            stands(scope, row, SaleRow.STOPPING, false, "the money went back before the plan began");
            return;
        }
        try {
            database.run(scope, () -> {
                if (looks.lock(scope, row.purchaseId()).is(SaleRow.OPEN)) {
                    sales.begin(scope, row.customerId(), row.purchaseId(), row.planId(), row.planVersion());
                    stands(scope, row, SaleRow.RUNNING, false, null);
                }
            });
        } catch (ProblemException e) {
            // the customer or the plan is gone: the money stays in the wallet, and there will be no more of it
            LOG.warn("the plan of purchase {} cannot begin: {}", row.purchaseId(), e.getMessage());
            String why = "the plan could not begin, and the money is credit: " + e.getMessage();
            stands(scope, row, SaleRow.STOPPING, false, why);
            database.run(scope, () -> looks.alert(scope, row.purchaseId(), why));
        }
    }

    private void failing(Scope scope, SaleRow row, PlanSales sales) {
        boolean fails = FAILED.contains(row.newest());
        if (fails != row.failing() && (fails || row.newest().captured())) {
            database.run(scope, () -> {
                looks.lock(scope, row.purchaseId());
                sales.failing(scope, row.customerId(), row.purchaseId(), fails);
                mapper.failing(scope.tenant(), row.purchaseId(), fails, clock.instant());
            });
        }
    }

    /** It stands so from now on, and is looked at at once. */
    private void stands(Scope scope, SaleRow row, String status, boolean failing, @Nullable String note) {
        Instant now = clock.instant();
        database.run(scope, () -> mapper.stands(scope.tenant(), row.purchaseId(), status, failing, 0, now, note, now));
    }
}
