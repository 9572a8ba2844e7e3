package org.bursar.plans.internal;

import java.util.Optional;
import org.bursar.credits.Ledger;
import org.bursar.customers.AccessMemory;
import org.bursar.customers.CustomerPart;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.plans.internal.sql.MinimumMapper;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.tenancy.Tenants;
import org.bursar.webhooks.Announcements;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives a new customer the plan that was asked for. It does not ask for the service {@code Customers}, which asks for this
 * one: they would wait for each other.
 */
@Component
public final class PlanPart implements CustomerPart {
    private static final int AFTER_WALLETS = 200;

    private final Audit audit;
    private final AccessMemory access;
    private final TenantClocks clocks;
    private final PlanChoice choice;
    private final SubscriptionNews news;
    private final MrrMovements movements;
    private final SubscriptionMapper sql;
    private final MinimumMapper minimums;

    @Activate
    public PlanPart(
            @Reference Database database,
            @Reference Tenants tenants,
            @Reference Audit audit,
            @Reference TenantClocks clocks,
            @Reference AccessMemory access,
            @Reference Ledger ledger,
            @Reference Announcements announcements) {
        this.audit = audit;
        this.access = access;
        this.clocks = clocks;
        this.choice = new PlanChoice(database, tenants, clocks, access, ledger);
        this.news = new SubscriptionNews(announcements);
        this.movements = new MrrMovements(database, clocks);
        this.sql = database.mapper("plans", SubscriptionMapper.class);
        this.minimums = database.mapper("plans", MinimumMapper.class);
    }

    @Override
    public String name() {
        return "plans";
    }

    @Override
    public int order() {
        return AFTER_WALLETS;
    }

    @Override
    public void created(Scope scope, CustomerId customer, Optional<String> plan) {
        if (plan.isEmpty()) {
            return;
        }
        choice.begin(scope, customer, choice.named(scope.tenant(), plan.get()));
        SubscriptionRow row = sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
        audit.record(
                scope,
                "subscription.choose",
                row.subscriptionId().toString(),
                Optional.of(customer),
                null,
                StoredSubscriptions.state(row));
        news.tell(scope, SubscriptionNews.UPDATED, row);
        movements.note(scope, customer);
    }

    /** The subscription ends, and with it what a person wrote about its lock; counters stay, they name nobody. */
    @Override
    public void erased(Scope scope, CustomerId customer) {
        if (sql.lock(scope.tenant(), customer).isPresent()) {
            access.changed(scope.tenant(), customer);
            SubscriptionRow row = sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
            if (!row.cancelled()) {
                choice.cancel(scope, row, clocks.of(scope.tenant()).instant());
                news.tell(
                        scope,
                        SubscriptionNews.UPDATED,
                        sql.find(scope.tenant(), customer).orElseThrow(Problems::notFound));
                movements.note(scope, customer);
            }
            minimums.next(scope.tenant(), customer, null);
        }
    }
}
