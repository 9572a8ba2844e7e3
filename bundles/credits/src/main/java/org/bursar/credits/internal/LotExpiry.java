package org.bursar.credits.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.internal.sql.DueLot;
import org.bursar.credits.internal.sql.LotMapper;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TimeFollower;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Every few seconds, and of a sandbox when its time comes to it: posts what has expired in wallets that nothing else came to. It decides nothing: whoever spends
 * from such a wallet, or reads it, does without what has expired, however late this is.
 */
@Component(service = {RecurringJob.class, TimeFollower.class})
public final class LotExpiry implements RecurringJob, TimeFollower {
    /** How many lots one transaction looks at. */
    static final int BATCH = 500;

    /** So that one tenant with very many does not keep the others waiting for long. */
    private static final int MOST_BATCHES = 20;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int AFTER_HOLDS = 200;

    private final Database database;
    private final TenantDirectory tenants;
    private final TenantClocks clocks;
    private final LedgerBook ledger;
    private final WalletMapper wallets;
    private final LotMapper lots;

    @Activate
    public LotExpiry(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference TenantClocks clocks,
            @Reference LedgerBook ledger) {
        this.database = database;
        this.tenants = tenants;
        this.clocks = clocks;
        this.ledger = ledger;
        wallets = database.mapper("credits", WalletMapper.class);
        lots = database.mapper("credits", LotMapper.class);
    }

    @Override
    public String name() {
        return "lot-expiry";
    }

    @Override
    public Duration every() {
        return PAUSE;
    }

    @Override
    public void run() {
        tenants.each(tenant -> {
            if (!clocks.sandbox(tenant)) {
                expireOverdue(Scope.of(tenant, Actor.system(name())));
            }
        });
    }

    @Override
    public int order() {
        return AFTER_HOLDS;
    }

    @Override
    public Optional<Instant> nextDue(Scope scope) {
        TenantId tenant = scope.tenant();
        return database.transact(
                scope, () -> lots.next(tenant, clocks.of(tenant).instant()));
    }

    @Override
    public void due(Scope scope) {
        expireOverdue(scope);
    }

    /** Each batch in a transaction of its own; wallets that somebody is at are passed over until the next run. */
    void expireOverdue(Scope scope) {
        Optional<DueLot> last = Optional.of(DueLot.BEFORE_ALL);
        for (int batch = 0; last.isPresent() && batch < MOST_BATCHES; batch++) {
            last = expireAfter(scope, last.get());
        }
    }

    private Optional<DueLot> expireAfter(Scope scope, DueLot last) {
        TenantId tenant = scope.tenant();
        return database.transact(scope, () -> {
            List<DueLot> due =
                    lots.due(tenant, clocks.of(tenant).instant(), last.expiresAt(), last.customer(), last.seq(), BATCH);
            if (due.isEmpty()) {
                return Optional.empty();
            }
            UUID[] touched =
                    due.stream().map(lot -> lot.customer().uuid()).distinct().toArray(UUID[]::new);
            List<UUID> locked = wallets.lockFree(tenant, touched);
            if (!locked.isEmpty()) {
                ledger.expire(tenant, locked.toArray(UUID[]::new));
            }
            return due.size() == BATCH ? Optional.of(due.get(BATCH - 1)) : Optional.empty();
        });
    }
}
