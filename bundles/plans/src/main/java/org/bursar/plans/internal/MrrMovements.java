package org.bursar.plans.internal;

import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.internal.sql.MrrMapper;

/**
 * Keeps how monthly recurring revenue (MRR) moves, in the transaction that moves it. The kinds are those of the field, as
 * ChartMogul defines them ("Data Table and MRR Movements", help.chartmogul.com, article 203299912), of one customer in one currency:
 * new is what a customer brings who never brought anything, expansion and contraction are more and less of it, churn is all of what is
 * lost when it falls to nothing, reactivation what a customer brings again after that. A lock, which takes a subscription out of
 * what counts, is churn therefore, and being unlocked a reactivation; so is what is stopped because it was not paid.
 *
 * <p>A row is the difference to the row before, so the rows add up to what subscriptions bring; what was not said of one change would
 * be part of the next.
 */
final class MrrMovements {
    private final TenantClocks clocks;
    private final MrrMapper sql;

    MrrMovements(Database database, TenantClocks clocks) {
        this.clocks = clocks;
        this.sql = database.mapper("plans", MrrMapper.class);
    }

    /**
     * After each change of a customer's subscription or add-ons. It counts from when it was made, also where it was agreed for
     * an earlier instant, so that what was reported of a time that has passed stays true.
     */
    void note(Scope scope, CustomerId customer) {
        sql.note(scope.tenant(), customer, clocks.of(scope.tenant()).instant());
    }
}
