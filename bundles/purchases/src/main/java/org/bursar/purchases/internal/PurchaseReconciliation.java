package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.DueRow;
import org.bursar.purchases.internal.sql.LookMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after purchases whose end is not known. A checkout of which nothing is known is asked for again with the same key for
 * 23 hours (providers keep keys for 24), then only looked for; a payment at a provider is fetched.
 *
 * <p>Several purchases are looked at at once. Who is not told anything is left alone until the next run ({@link SilentGateways}), so
 * that the purchases of others do not wait.
 */
@Component(service = RecurringJob.class)
public final class PurchaseReconciliation implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(PurchaseReconciliation.class);
    private static final int ROWS = 50;
    private static final int ROUNDS = 40;

    private final Database database;
    private final TenantDirectory tenants;
    private final PurchaseLooks looks;
    private final Clock clock;
    private final LookMapper mapper;

    @Activate
    public PurchaseReconciliation(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference PurchaseLooks looks,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.looks = looks;
        this.clock = clock;
        mapper = database.mapper("purchases", LookMapper.class);
    }

    @Override
    public String name() {
        return "purchase-reconciliation";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        SilentGateways silent = new SilentGateways();
        ExecutorService threads = JobThreads.of(name());
        try {
            for (TenantId tenant : tenants.all()) {
                try {
                    lookAtDue(Scope.of(tenant, Actor.system(name())), threads, silent);
                } catch (RuntimeException e) {
                    // nothing is lost, the next run finds it due again; another tenant must not wait for it
                    LOG.warn("the due purchases of tenant {} could not be read", tenant, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private void lookAtDue(Scope scope, ExecutorService threads, SilentGateways silent) throws InterruptedException {
        List<DueRow> due;
        int round = 0;
        do {
            String[] without = silent.of(scope.tenant());
            due = database.transact(scope, () -> mapper.due(scope.tenant(), clock.instant(), without, ROWS));
            List<Future<?>> looking = new ArrayList<>();
            for (DueRow row : due) {
                looking.add(threads.submit(() -> look(scope, row, silent)));
            }
            JobThreads.await(looking);
        } while (due.size() == ROWS && ++round < ROUNDS);
    }

    private void look(Scope scope, DueRow row, SilentGateways silent) {
        if (silent.leavesAlone(scope.tenant(), row.gatewayId())) {
            return;
        }
        try {
            switch (looks.look(scope, row.purchaseId())) {
                case DONE -> silent.told(scope.tenant(), row.gatewayId(), Told.SOMETHING);
                case REFUSED -> silent.told(scope.tenant(), row.gatewayId(), Told.REFUSED);
                case NOTHING -> silent.told(scope.tenant(), row.gatewayId(), Told.NOTHING);
                case NOT_DUE -> {
                    // nobody was asked
                }
            }
        } catch (RuntimeException e) {
            // the next look was announced before this one; another purchase must not wait for it
            LOG.warn("purchase {} could not be reconciled", row.purchaseId(), e);
        }
    }
}
