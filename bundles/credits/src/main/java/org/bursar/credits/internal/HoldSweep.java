package org.bursar.credits.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.Wholesale;
import org.bursar.credits.internal.sql.CapMapper;
import org.bursar.credits.internal.sql.DueHold;
import org.bursar.credits.internal.sql.HoldMapper;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.customers.AccessMemory;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives back what many holds reserve. It asks nobody but the database, so it works whatever else is absent. */
@Component(service = HoldSweep.class)
public final class HoldSweep {
    /** How many holds one transaction expires. */
    static final int BATCH = 500;

    /** So that one tenant with very many overdue holds does not keep the others waiting for long. */
    static final int MOST_BATCHES = 20;

    private final Database database;
    private final TenantClocks clocks;
    private final AccessMemory access;
    private final WalletMapper wallets;
    private final HoldMapper holds;
    private final CapMapper caps;

    @Activate
    public HoldSweep(@Reference Database database, @Reference TenantClocks clocks, @Reference AccessMemory access) {
        this.database = database;
        this.clocks = clocks;
        this.access = access;
        wallets = database.mapper("credits", WalletMapper.class);
        holds = database.mapper("credits", HoldMapper.class);
        caps = database.mapper("credits", CapMapper.class);
    }

    /**
     * Expires overdue holds, the longest overdue first, at most {@value #MOST_BATCHES} times {@value #BATCH} and each
     * batch in a transaction of its own. Wallets that somebody is at are passed over: nobody waits for the sweep, what
     * comes after them does not wait either, and the next run finds them again.
     */
    void expireOverdue(Scope scope) {
        Optional<DueHold> last = Optional.of(DueHold.BEFORE_ALL);
        for (int batch = 0; last.isPresent() && batch < MOST_BATCHES; batch++) {
            last = expireAfter(scope, last.get());
        }
    }

    /** When the next of a tenant's open holds expires; it may have. */
    Optional<Instant> next(Scope scope) {
        return database.transact(scope, () -> holds.next(scope.tenant()));
    }

    /** Goes on after a hold, and answers the last one that it came to when there may be more. */
    private Optional<DueHold> expireAfter(Scope scope, DueHold last) {
        TenantId tenant = scope.tenant();
        return database.transact(scope, () -> {
            Instant now = now(tenant);
            if (last.equals(DueHold.BEFORE_ALL)) {
                takeBackWholesale(tenant, now);
            }
            List<DueHold> due = holds.due(tenant, now, last.expiresAt(), last.id(), BATCH);
            if (due.isEmpty()) {
                return Optional.empty();
            }
            List<UUID> locked = wallets.lockFree(tenant, walletsOf(due));
            if (!locked.isEmpty()) {
                holds.expire(tenant, idsOf(due), locked.toArray(UUID[]::new), now);
                locked.forEach(wallet -> access.improved(tenant, new CustomerId(wallet)));
            }
            return due.size() == BATCH ? Optional.of(due.get(BATCH - 1)) : Optional.empty();
        });
    }

    /**
     * What expired holds reserve in the tenant's wholesale wallet comes back by itself, since whoever expires a customer's holds may not
     * have that wallet locked. It is waited for, so it comes before any other lock.
     */
    private void takeBackWholesale(TenantId tenant, Instant now) {
        if (holds.wholesaleDue(tenant, now)) {
            wallets.lock(tenant, new UUID[] {Wholesale.walletOf(tenant).uuid()});
            int batch = 0;
            while (holds.takeBackWholesale(tenant, now, BATCH) > 0 && batch < MOST_BATCHES) {
                batch++;
            }
        }
    }

    /** Releases every open hold of a customer, whose users' caps go with them. */
    void releaseAll(Scope scope, CustomerId customer) {
        database.run(scope, () -> {
            wallets.lock(scope.tenant(), new UUID[] {customer.uuid()});
            holds.releaseAll(scope.tenant(), customer);
            caps.removeAll(scope.tenant(), customer);
            access.improved(scope.tenant(), customer);
        });
    }

    private Instant now(TenantId tenant) {
        return clocks.of(tenant).instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static UUID[] idsOf(List<DueHold> due) {
        return due.stream().map(hold -> hold.id().uuid()).toArray(UUID[]::new);
    }

    private static UUID[] walletsOf(List<DueHold> due) {
        return due.stream().map(hold -> hold.customer().uuid()).distinct().toArray(UUID[]::new);
    }
}
