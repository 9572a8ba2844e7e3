package org.bursar.purchases.internal;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bursar.customers.CustomerSearch;
import org.bursar.database.Database;
import org.bursar.identity.Users;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseEvent;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.Purchases;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Purchases whose credit goes to the ledger. */
@Component(service = Purchases.class)
public final class LedgerPurchases implements Purchases {
    private static final int LONGEST_NOTE = 500;
    private static final Set<PurchaseState> DECIDABLE =
            Set.of(PurchaseState.AWAITING_PAYMENT, PurchaseState.UNDER_REVIEW);
    private static final Set<PurchaseState> CANCELLABLE =
            Set.of(PurchaseState.AWAITING_PAYMENT, PurchaseState.UNDER_REVIEW, PurchaseState.DECLINED);

    private final Database database;
    private final NewPurchases opened;
    private final NewPlanPurchases plans;
    private final Checkout checkout;
    private final Settlement settlement;
    private final CheckoutCancelling cancelling;
    private final FreshLook look;
    private final Clock clock;
    private final PurchaseMapper mapper;
    private final PurchaseLists lists;
    private final ShownPurchases shown;

    @Activate
    public LedgerPurchases(
            @Reference Database database,
            @Reference NewPurchases opened,
            @Reference NewPlanPurchases plans,
            @Reference Checkout checkout,
            @Reference Settlement settlement,
            @Reference CheckoutCancelling cancelling,
            @Reference FreshLook look,
            @Reference CustomerSearch customers,
            @Reference Users users,
            @Reference Clock clock) {
        this.database = database;
        this.opened = opened;
        this.plans = plans;
        this.checkout = checkout;
        this.settlement = settlement;
        this.cancelling = cancelling;
        this.look = look;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
        lists = new PurchaseLists(customers, mapper);
        shown = new ShownPurchases(users);
    }

    @Override
    public PurchaseId open(Scope scope, CustomerId customer, PackageId packageId, String gateway, boolean saveMethod) {
        return opened.open(scope, customer, packageId, gateway, saveMethod);
    }

    @Override
    public PurchaseId openPlan(Scope scope, CustomerId customer, String plan, String gateway) {
        return plans.open(scope, customer, plan, gateway);
    }

    @Override
    public Purchase checkout(Scope scope, PurchaseId id) {
        checkout.attempt(scope, id);
        return get(scope, id);
    }

    @Override
    public Purchase get(Scope scope, PurchaseId id) {
        return database.transact(
                scope,
                () -> mapper.find(scope.tenant(), id)
                        .map(row -> shown.named(scope, List.of(row)).of(row))
                        .orElseThrow(Problems::notFound));
    }

    @Override
    public Page<Purchase> list(Scope scope, PurchaseFilter filter, Page.Request page) {
        return database.transact(scope, () -> {
            Page<PurchaseRow> rows = lists.page(scope, filter, page);
            return rows.map(shown.named(scope, rows.items())::of);
        });
    }

    @Override
    public List<PurchaseEvent> events(Scope scope, PurchaseId id) {
        return database.transact(scope, () -> {
            get(scope, id);
            return mapper.facts(scope.tenant(), id).stream()
                    .map(row -> new PurchaseEvent(
                            row.kind().name().toLowerCase(Locale.ROOT), row.actorName(), row.note(), row.recordedAt()))
                    .toList();
        });
    }

    @Override
    public Map<PurchaseState, Long> counts(Scope scope, Optional<CustomerId> customer) {
        Map<PurchaseState, Long> counts = new EnumMap<>(PurchaseState.class);
        database.transact(scope, () -> mapper.counts(scope.tenant(), customer.orElse(null)))
                .forEach(row -> counts.put(row.state(), row.purchases()));
        return counts;
    }

    @Override
    public Purchase approve(Scope scope, PurchaseId id, Money received, Optional<String> evidence) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        String seen = checks.optionalText("/evidence", evidence.orElse(null), LONGEST_NOTE);
        checks.done();
        return database.transact(scope, () -> {
            PurchaseRow purchase = manual(scope, id);
            requirePrice(purchase, received);
            if (!purchase.state().captured()) {
                settlement.add(scope, purchase, FactKind.RECEIVED, received, seen);
                settlement.settle(scope, purchase);
                decided(scope, id, seen, null);
            }
            return get(scope, id);
        });
    }

    private static void requirePrice(PurchaseRow purchase, Money received) {
        if (!received.equals(purchase.price())) {
            boolean currency = !received.currency().equals(purchase.priceCurrency());
            throw new ProblemException(Problems.invalid(
                    currency ? "/received/currency" : "/received/amount",
                    PurchasesProblems.WRONG_AMOUNT,
                    "the price is " + purchase.price() + ", not " + received + "; nothing was changed"));
        }
    }

    @Override
    public Purchase decline(Scope scope, PurchaseId id, String reason) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        String why = checks.text("/reason", reason, LONGEST_NOTE);
        checks.done();
        return end(scope, id, FactKind.DECLINED, DECIDABLE, why);
    }

    @Override
    public Purchase cancel(Scope scope, PurchaseId id, Optional<String> reason) {
        Checks checks = new Checks();
        String why = checks.optionalText("/reason", reason.orElse(null), LONGEST_NOTE);
        checks.done();
        return database.transact(scope, () -> {
            PurchaseRow purchase = settlement.lock(scope, id);
            if (purchase.manual()) {
                return end(scope, id, FactKind.CANCELLED, CANCELLABLE, why);
            }
            if (purchase.state() != PurchaseState.CANCELLED) {
                requireState(purchase, CANCELLABLE);
                cancelling.plan(scope, purchase);
                decided(scope, id, null, why);
            }
            return get(scope, id);
        });
    }

    @Override
    public Purchase cancelAtProvider(Scope scope, PurchaseId id) {
        if (cancelling.planned(scope, id)) {
            look.at(scope, id);
        }
        return get(scope, id);
    }

    private static void requireState(PurchaseRow purchase, Set<PurchaseState> from) {
        if (!from.contains(purchase.state())) {
            throw new ProblemException(
                    PurchasesProblems.WRONG_STATE,
                    "The purchase is " + purchase.state().name().toLowerCase(Locale.ROOT) + '.');
        }
    }

    private Purchase end(Scope scope, PurchaseId id, FactKind kind, Set<PurchaseState> from, @Nullable String reason) {
        return database.transact(scope, () -> {
            PurchaseRow purchase = manual(scope, id);
            if (purchase.state() != kind.state()) {
                requireState(purchase, from);
                settlement.add(scope, purchase, kind, null, reason);
                settlement.settle(scope, purchase);
                decided(scope, id, null, reason);
            }
            return get(scope, id);
        });
    }

    private PurchaseRow manual(Scope scope, PurchaseId id) {
        PurchaseRow purchase = settlement.lock(scope, id);
        if (!purchase.manual()) {
            throw new ProblemException(PurchasesProblems.NOT_MANUAL, PurchasesProblems.NOT_MANUAL.cure());
        }
        return purchase;
    }

    private void decided(Scope scope, PurchaseId id, @Nullable String evidence, @Nullable String reason) {
        mapper.decided(scope.tenant(), id, scope.actor().id(), scope.actor().name(), evidence, reason, clock.instant());
    }
}
