package org.bursar.purchases.internal;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.bursar.credits.Ledger;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantDirectory;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPayment;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.Subscriptions;
import org.bursar.plans.internal.RenewalJob;
import org.bursar.plans.internal.SoldPlans;
import org.bursar.plans.internal.StoredPlans;
import org.bursar.plans.internal.StoredSubscriptions;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenants;
import org.bursar.webhooks.Announcements;

/** Plans and subscriptions as they are, in the same database and over the same wallets. */
final class PlanShelf {
    final Subscriptions subscriptions;
    final RenewalJob renewals;
    final SoldPlans sales;
    private final StoredPlans plans;

    PlanShelf(
            Database database,
            Clock clock,
            TenantClocks clocks,
            TenantDirectory directory,
            Customers customers,
            Ledger ledger,
            Audit audit,
            AccessMemory access,
            Announcements announcements) {
        Tenants tenants = tenants(clock);
        subscriptions =
                new StoredSubscriptions(database, tenants, customers, audit, clocks, access, ledger, announcements);
        renewals =
                new RenewalJob(database, directory, tenants, customers, ledger, audit, clocks, access, announcements);
        sales = new SoldPlans(database, tenants, customers, audit, clocks, access, ledger, announcements, renewals);
        plans = new StoredPlans(database, tenants, audit, clock);
    }

    /** A monthly plan whose unpaid cycles are served for three days. */
    void put(Scope scope, String key, String price) {
        plans.create(
                scope,
                new NewPlan(
                        key,
                        "Plan " + key,
                        new NewPlanVersion(
                                new NewPrice(new BigDecimal(price), "USD"),
                                BillingCycle.MONTH,
                                List.of(),
                                null,
                                null,
                                new NewPayment(null, 3, null))));
    }

    private static Tenants tenants(Clock clock) {
        return (Tenants) Proxy.newProxyInstance(
                PlanShelf.class.getClassLoader(), new Class<?>[] {Tenants.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("own")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    Scope scope = (Scope) arguments[0];
                    return new Tenant(
                            scope.tenant(), "acme", "Acme", "agency", "USD", ZoneOffset.UTC, clock.instant(), 1);
                });
    }
}
