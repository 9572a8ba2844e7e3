package org.bursar.purchases.internal;

import java.time.Clock;
import org.bursar.credits.PlanSales;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.internal.NewPurchases.Bought;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.SaleMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores what a plan is taken with: the purchase of its first cycle, and the sale that its later cycles are of. */
@Component(service = NewPlanPurchases.class)
public final class NewPlanPurchases {
    private final Database database;
    private final Customers customers;
    private final PresentSales plans;
    private final NewPurchases purchases;
    private final Clock clock;
    private final SaleMapper mapper;

    @Activate
    public NewPlanPurchases(
            @Reference Database database,
            @Reference Customers customers,
            @Reference PresentSales plans,
            @Reference NewPurchases purchases,
            @Reference Clock clock) {
        this.database = database;
        this.customers = customers;
        this.plans = plans;
        this.purchases = purchases;
        this.clock = clock;
        mapper = database.mapper("purchases", SaleMapper.class);
    }

    /** The wallet gets what is paid: a plan costs the wallets' unit, and only one that is a currency is offered. */
    PurchaseId open(Scope scope, CustomerId customer, String plan, String gateway) {
        PlanSales sales = plans.find()
                .orElseThrow(() -> new ProblemException(
                        PurchasesProblems.PLANS_UNAVAILABLE, PurchasesProblems.PLANS_UNAVAILABLE.cure()));
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            PlanSales.Offer offer = sales.offer(scope, customer, plan);
            if (mapper.running(scope.tenant(), customer, offer.plan())) {
                throw new ProblemException(PurchasesProblems.PLAN_COLLECTED, PurchasesProblems.PLAN_COLLECTED.cure());
            }
            Bought bought =
                    new Bought(null, null, offer.planName(), Money.of(offer.currency(), offer.price()), offer.price());
            PurchaseRow first = purchases.plan(scope, customer, bought, gateway, offer.cycle());
            mapper.insert(
                    scope.tenant(),
                    first.purchaseId(),
                    customer,
                    offer.plan(),
                    offer.version(),
                    gateway,
                    first.mode(),
                    clock.instant());
            // with the sale or not at all: whoever is not remembered is not looked after
            Scope platform = Scope.platform(scope.actor());
            database.run(
                    platform,
                    () -> mapper.remember(platform.tenant(), scope.tenant().uuid()));
            return first.purchaseId();
        });
    }
}
