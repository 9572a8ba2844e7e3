package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.purchases.CreditPackage;
import org.bursar.purchases.Packages;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.internal.sql.MethodMapper;
import org.bursar.purchases.internal.sql.MethodRow;
import org.bursar.purchases.internal.sql.NewPurchaseRow;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores purchases, each together with the call that is to start its payment and that call's key. */
@Component(service = NewPurchases.class)
public final class NewPurchases {
    private static final long FIRST_NUMBER = 10_001;

    private final Database database;
    private final Audit audit;
    private final Users users;
    private final Customers customers;
    private final Packages packages;
    private final GatewayDirectory gateways;
    private final SettingsStore settings;
    private final Settlement settlement;
    private final TenantPages pages;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final PurchaseMapper mapper;
    private final MethodMapper methods;

    @Activate
    public NewPurchases(
            @Reference Database database,
            @Reference Audit audit,
            @Reference Users users,
            @Reference Customers customers,
            @Reference Packages packages,
            @Reference GatewayDirectory gateways,
            @Reference SettingsStore settings,
            @Reference Settlement settlement,
            @Reference TenantPages pages,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.audit = audit;
        this.users = users;
        this.customers = customers;
        this.packages = packages;
        this.gateways = gateways;
        this.settings = settings;
        this.settlement = settlement;
        this.pages = pages;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
        methods = database.mapper("purchases", MethodMapper.class);
    }

    /**
     * Stores a purchase of a package whose payer is there.
     *
     * @param saveMethod whether the payer agrees that the provider keeps the method
     */
    PurchaseId open(Scope scope, CustomerId customer, PackageId packageId, String gateway, boolean saveMethod) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            return open(scope, customer, packages.get(scope, packageId), gateway, saveMethod);
        });
    }

    /** The same, of a package that was read in the caller's transaction. */
    PurchaseId open(Scope scope, CustomerId customer, CreditPackage bought, String gateway, boolean saveMethod) {
        if (!bought.active()) {
            throw new ProblemException(
                    Problems.invalid("/package", PurchasesProblems.PACKAGE_INACTIVE, "this package is no longer sold"));
        }
        GatewayDirectory.Known known = known(gateway);
        if (saveMethod && !known.savesMethods()) {
            throw new ProblemException(Problems.invalid(
                    "/saveMethod", PurchasesProblems.METHOD_NOT_KEPT, "this gateway keeps no methods"));
        }
        Payer payer = payer(scope, customer);
        PurchaseRow stored = store(scope, customer, Bought.of(bought), gateway, known);
        StoredCheckout request = request(scope, stored, payer, saveMethod, Optional.empty());
        plan(scope, stored, request.key(), PaymentStart.CHECKOUT, request.json());
        return stored.purchaseId();
    }

    /**
     * What is bought.
     *
     * @param packageId null: a plan
     * @param sale the purchase in which the plan was taken; null: a package, or this purchase is the plan's first
     */
    record Bought(
            @Nullable PackageId packageId, @Nullable PurchaseId sale, String title, Money price, BigDecimal credits) {
        static Bought of(CreditPackage bought) {
            return new Bought(bought.id(), null, bought.name(), bought.price(), bought.credits());
        }
    }

    /** Stores the first purchase of a plan, which the provider renews by itself; in the caller's transaction. */
    PurchaseRow plan(Scope scope, CustomerId customer, Bought bought, String gateway, Period cycle) {
        GatewayDirectory.Known known = known(gateway);
        if (!known.collectsPlans()) {
            throw new ProblemException(Problems.invalid(
                    "/gateway",
                    PurchasesProblems.PLANS_NOT_COLLECTED,
                    "this gateway renews no subscriptions, or its version does not show what is charged later"));
        }
        Payer payer = payer(scope, customer);
        PurchaseRow stored = store(scope, customer, bought, gateway, known);
        StoredCheckout request = request(scope, stored, payer, false, Optional.of(cycle));
        plan(scope, stored, request.key(), PaymentStart.CHECKOUT, request.json());
        return stored;
    }

    /** Stores a later period of a plan, whose payment the provider has begun; in the caller's transaction. */
    PurchaseRow period(Scope scope, PurchaseRow first) {
        Bought bought = new Bought(null, first.purchaseId(), first.title(), first.price(), first.credits());
        return insert(scope, first.customerId(), bought, first.gatewayId(), false, first.mode());
    }

    /**
     * Stores a purchase that is charged to a method that the provider keeps, without the payer; in the caller's transaction, which
     * has read the package.
     */
    PurchaseId charge(Scope scope, CustomerId customer, CreditPackage bought, MethodRow method) {
        GatewayDirectory.Known known = known(method.gatewayId());
        if (!known.savesMethods()) {
            throw UsableGateway.unavailable();
        }
        PurchaseRow stored = store(scope, customer, Bought.of(bought), method.gatewayId(), known);
        if (stored.mode() != method.mode()) {
            throw UsableGateway.unavailable();
        }
        String id = stored.purchaseId().toString();
        StoredCharge request = new StoredCharge(
                id,
                IdempotencyKey.of(scope.tenant() + ":" + id + ":charge:1"),
                org.bursar.payments.spi.Money.of(stored.priceCurrency(), stored.priceMinor()),
                method.ref());
        plan(scope, stored, request.key(), PaymentStart.CHARGE, request.json());
        return stored.purchaseId();
    }

    private GatewayDirectory.Known known(String gateway) {
        return gateways.find(gateway)
                .filter(found -> gateways.pausedSince(gateway).isEmpty())
                .orElseThrow(UsableGateway::unavailable);
    }

    private PurchaseRow store(
            Scope scope, CustomerId customer, Bought bought, String gateway, GatewayDirectory.Known known) {
        TenantSettings tenant = settings.load(scope.tenant(), gateway);
        UsableGateway.check(known, tenant, bought.price());
        return insert(scope, customer, bought, gateway, known.manual(), tenant.mode());
    }

    private PurchaseRow insert(
            Scope scope, CustomerId customer, Bought bought, String gateway, boolean manual, Mode mode) {
        PurchaseId id = PurchaseId.next(clock);
        Instant now = clock.instant();
        NewPurchaseRow row = new NewPurchaseRow(
                id,
                customer,
                bought.packageId(),
                bought.packageId() != null ? null : bought.sale() == null ? id : bought.sale(),
                bought.title(),
                bought.price().minor(),
                bought.price().currency(),
                bought.credits(),
                gateway,
                manual,
                mode,
                PurchaseState.CREATED,
                now.plus(LookSchedule.pause(0)),
                now);
        boolean told = settlement.aftermath().toldOfNew(scope);
        // whatever can be read before this is: from here on others who buy from the tenant wait for the commit
        PurchaseRow stored = mapper.insert(
                scope.tenant(),
                row,
                Money.digits(bought.price().currency()),
                scope.actor().id(),
                FIRST_NUMBER);
        audit.record(
                scope,
                "purchase.create",
                id.toString(),
                Optional.of(customer),
                null,
                Map.of("number", stored.shownNumber(), "price", stored.price().toString(), "gateway", gateway));
        if (told) {
            settlement.aftermath().opened(scope, stored);
        }
        return stored;
    }

    private void plan(Scope scope, PurchaseRow purchase, IdempotencyKey key, String operation, String request) {
        mapper.plan(
                scope.tenant(),
                key.value(),
                purchase.purchaseId(),
                purchase.customerId(),
                operation,
                request,
                clock.instant());
    }

    /**
     * Who pays, and where that person comes back to.
     *
     * @param email null: nobody is known
     */
    private record Payer(@Nullable String email, TenantPages.Site site) {}

    private Payer payer(Scope scope, CustomerId customer) {
        UserSummary admin = users.admins(scope, List.of(customer)).get(customer);
        return new Payer(admin == null ? null : admin.email(), pages.site(scope));
    }

    private StoredCheckout request(
            Scope scope, PurchaseRow purchase, Payer payer, boolean saveMethod, Optional<Period> cycle) {
        String id = purchase.purchaseId().toString();
        // who keeps another method keeps it beside the others; a single payment does not depend on what the provider
        // has kept
        Optional<String> customer = saveMethod
                ? methods.newest(scope.tenant(), purchase.customerId(), purchase.gatewayId(), purchase.mode())
                        .map(MethodRow::providerCustomer)
                : Optional.empty();
        return new StoredCheckout(
                id,
                purchase.shownNumber(),
                IdempotencyKey.of(scope.tenant() + ":" + id + ":checkout:1"),
                org.bursar.payments.spi.Money.of(purchase.priceCurrency(), purchase.priceMinor()),
                purchase.title(),
                payer.site().page("/purchases/" + id),
                payer.site().page("/purchases/" + id + "?left=1"),
                Optional.ofNullable(payer.email()),
                Locale.ENGLISH,
                configuration.patienceForMoney(),
                Map.of("number", purchase.shownNumber()),
                saveMethod,
                customer,
                cycle);
    }
}
