package org.bursar.plans.internal;

import java.time.Instant;
import java.util.Optional;
import org.bursar.credits.Ledger;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TimeFollower;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Charges a sandbox what ended cycles fall short of their minimums, when its time comes to it or late usage has come. */
@Component
public final class MinimumTime implements TimeFollower {
    private static final int AFTER_RENEWALS = 400;

    private final MinimumCharges minimums;

    @Activate
    public MinimumTime(
            @Reference Database database,
            @Reference Customers customers,
            @Reference Ledger ledger,
            @Reference TenantClocks clocks) {
        this.minimums = new MinimumCharges(database, customers, ledger, clocks);
    }

    @Override
    public String name() {
        return "cycle-minimum";
    }

    @Override
    public int order() {
        return AFTER_RENEWALS;
    }

    @Override
    public Optional<Instant> nextDue(Scope scope) {
        return minimums.nextDue(scope);
    }

    @Override
    public void due(Scope scope) {
        minimums.run(scope);
    }
}
