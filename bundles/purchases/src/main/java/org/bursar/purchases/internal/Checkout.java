package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.database.Secrets;
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
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.purchases.CreditPackage;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.Packages;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.internal.sql.IntentRow;
import org.bursar.purchases.internal.sql.NewPurchaseRow;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Intent, call, outcome: each in a transaction of its own, the call in none. */
@Component(service = Checkout.class)
public final class Checkout {
    private static final long FIRST_NUMBER = 10_001;
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final Duration LEASE_BEYOND_CALL = Duration.ofSeconds(5);

    private final Database database;
    private final Secrets secrets;
    private final Audit audit;
    private final Users users;
    private final Customers customers;
    private final Packages packages;
    private final GatewayDirectory gateways;
    private final GatewayCalls calls;
    private final SettingsStore settings;
    private final Settlement settlement;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final PurchaseMapper mapper;

    @Activate
    public Checkout(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Audit audit,
            @Reference Users users,
            @Reference Customers customers,
            @Reference Packages packages,
            @Reference GatewayDirectory gateways,
            @Reference GatewayCalls calls,
            @Reference SettingsStore settings,
            @Reference Settlement settlement,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.audit = audit;
        this.users = users;
        this.customers = customers;
        this.packages = packages;
        this.gateways = gateways;
        this.calls = calls;
        this.settings = settings;
        this.settlement = settlement;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
    }

    /** Stores the purchase and the call that is to be made. */
    PurchaseId open(Scope scope, CustomerId customer, PackageId packageId, String gateway) {
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            CreditPackage bought = packages.get(scope, packageId);
            if (!bought.active()) {
                throw new ProblemException(Problems.invalid(
                        "/package", PurchasesProblems.PACKAGE_INACTIVE, "this package is no longer sold"));
            }
            GatewayDirectory.Known known = gateways.find(gateway).orElseThrow(Checkout::unavailable);
            TenantSettings tenant = settings.load(scope.tenant(), gateway);
            check(known, tenant, bought.price());
            PurchaseId id = PurchaseId.next(clock);
            Instant now = clock.instant();
            // taken last, so that the tenant's counter is locked for as short as can be
            long number = mapper.nextNumber(scope.tenant(), FIRST_NUMBER);
            NewPurchaseRow row = new NewPurchaseRow(
                    id,
                    number,
                    customer,
                    packageId,
                    bought.name(),
                    bought.price().minor(),
                    bought.price().currency(),
                    bought.credits(),
                    gateway,
                    known.manual(),
                    tenant.mode(),
                    PurchaseState.CREATED,
                    now.plus(LookSchedule.pause(0)),
                    now);
            mapper.insert(
                    scope.tenant(),
                    row,
                    Money.digits(bought.price().currency()),
                    scope.actor().id());
            PurchaseRow stored = settlement.lock(scope, id);
            StoredCheckout request = request(scope, stored);
            mapper.plan(scope.tenant(), request.key().value(), id, customer, request.json(), now);
            audit.record(
                    scope,
                    "purchase.create",
                    id.toString(),
                    Optional.of(customer),
                    null,
                    Map.of(
                            "number",
                            stored.shownNumber(),
                            "price",
                            stored.price().toString(),
                            "gateway",
                            gateway));
            return id;
        });
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                PurchasesProblems.GATEWAY_UNAVAILABLE, "The gateway is not there at the moment, or is turned off.");
    }

    private static void check(GatewayDirectory.Known known, TenantSettings tenant, Money price) {
        if (!tenant.enabled()) {
            throw unavailable();
        }
        if (!tenant.complete(known.descriptor().settings())
                || tenant.outdated(known.descriptor().settings())) {
            throw new ProblemException(
                    PurchasesProblems.GATEWAY_NOT_CONFIGURED, PurchasesProblems.GATEWAY_NOT_CONFIGURED.cure());
        }
        if (!known.descriptor().currencies().isEmpty()
                && !known.descriptor().currencies().contains(price.currency())) {
            throw new ProblemException(Problems.invalid(
                    "/gateway",
                    PurchasesProblems.CURRENCY_NOT_SUPPORTED,
                    "this gateway does not take " + price.currency()));
        }
    }

    private StoredCheckout request(Scope scope, PurchaseRow purchase) {
        UserSummary payer = users.admins(scope, List.of(purchase.customerId())).get(purchase.customerId());
        String id = purchase.purchaseId().toString();
        return new StoredCheckout(
                id,
                purchase.shownNumber(),
                IdempotencyKey.of(key(scope, purchase)),
                org.bursar.payments.spi.Money.of(purchase.priceCurrency(), purchase.priceMinor()),
                purchase.title(),
                configuration.page("/purchases/" + id),
                configuration.page("/purchases/" + id + "?left=1"),
                payer == null ? Optional.empty() : Optional.of(payer.email()),
                Locale.ENGLISH,
                configuration.patienceForMoney(),
                Map.of("number", purchase.shownNumber()));
    }

    private record Attempt(PurchaseRow purchase, StoredCheckout request, TenantSettings settings) {}

    /** Makes the call that is planned or whose outcome is not known, unless somebody else makes it right now. */
    void attempt(Scope scope, PurchaseId id) {
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        Optional<Attempt> taken = database.transact(scope, () -> take(scope, id));
        if (taken.isEmpty()) {
            return;
        }
        Attempt attempt = taken.get();
        PurchaseRow purchase = attempt.purchase();
        GatewayOutcome<CheckoutStart> outcome = calls.call(
                purchase.gatewayId(),
                configuration.patienceForCalls(),
                (gateway, deadline) -> gateway.startCheckout(
                        new CallContext(scope.tenant(), attempt.settings(), purchase.mode(), secrets, clock, deadline),
                        attempt.request()));
        try {
            database.run(scope, () -> conclude(scope, attempt, outcome));
        } catch (DatabaseException e) {
            if (!e.duplicate("purchase_reference")) {
                throw e;
            }
            GatewayOutcome<CheckoutStart> another =
                    new GatewayOutcome.Unknown<>("the gateway named a payment of another purchase");
            database.run(scope, () -> conclude(scope, attempt, another));
        }
    }

    private Optional<Attempt> take(Scope scope, PurchaseId id) {
        PurchaseRow purchase = settlement.lock(scope, id);
        if (purchase.refId() != null || purchase.state() != PurchaseState.CREATED) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant until = now.plus(configuration.patienceForCalls()).plus(LEASE_BEYOND_CALL);
        return mapper.take(scope.tenant(), id, now, until).map(intent -> attempt(scope, purchase, intent));
    }

    private Attempt attempt(Scope scope, PurchaseRow purchase, IntentRow intent) {
        return new Attempt(
                purchase,
                StoredCheckout.read(intent.intentKey(), intent.request()),
                settings.load(scope.tenant(), purchase.gatewayId()));
    }

    private void conclude(Scope scope, Attempt attempt, GatewayOutcome<CheckoutStart> outcome) {
        PurchaseRow purchase = settlement.lock(scope, attempt.purchase().purchaseId());
        String key = attempt.request().key().value();
        if (outcome instanceof GatewayOutcome.Answered<CheckoutStart> answered) {
            String fault = CheckoutAnswers.fault(answered.value());
            if (fault == null) {
                started(scope, purchase, key, answered.value());
            } else {
                undecided(scope, purchase, key, "UNKNOWN", fault, Duration.ZERO);
            }
        } else if (outcome instanceof GatewayOutcome.Unknown<CheckoutStart> unknown) {
            undecided(scope, purchase, key, "UNKNOWN", unknown.detail(), Duration.ZERO);
        } else if (outcome instanceof GatewayOutcome.Refused<CheckoutStart> refused) {
            if (refused.kind() == Kind.NOT_EXECUTED || refused.kind() == Kind.RATE_LIMITED) {
                undecided(
                        scope,
                        purchase,
                        key,
                        "PLANNED",
                        refused.detail(),
                        refused.retryAfter().orElse(Duration.ZERO));
            } else if (mapper.unknown(scope.tenant(), key)) {
                // this attempt did nothing, but an earlier one may have: only a search tells
                undecided(scope, purchase, key, "UNKNOWN", refused.detail(), Duration.ZERO);
            } else {
                refused(scope, purchase, key, refused.detail());
            }
        } else {
            undecided(scope, purchase, key, "PLANNED", "the gateway is absent", Duration.ZERO);
        }
    }

    private void started(Scope scope, PurchaseRow purchase, String key, CheckoutStart start) {
        Instant now = clock.instant();
        if (mapper.conclude(scope.tenant(), key, "DONE", null, now) == 0) {
            return;
        }
        NextStep next = CheckoutAnswers.next(start);
        Instant lookAt = start instanceof CheckoutStart.Done ? now : now.plus(LookSchedule.pause(0));
        mapper.started(
                scope.tenant(),
                purchase.purchaseId(),
                start.ref().kind(),
                start.ref().id(),
                next == null ? null : StoredJson.ofNext(next),
                expiry(purchase, next),
                lookAt,
                now);
        settlement.add(scope, purchase, FactKind.CHECKOUT_STARTED, null, null);
        settlement.settle(scope, purchase);
    }

    /** A gateway may ask for less time than the tenant gives, never for more. */
    private Instant expiry(PurchaseRow purchase, @Nullable NextStep next) {
        Instant usual = purchase.createdAt().plus(configuration.patienceForMoney());
        Instant asked = null;
        if (next instanceof NextStep.Instructions instructions) {
            asked = instructions.expiresAt();
        } else if (next instanceof NextStep.Redirect redirect) {
            asked = redirect.expiresAt();
        }
        return asked == null || asked.isAfter(usual) ? usual : asked;
    }

    private void refused(Scope scope, PurchaseRow purchase, String key, String detail) {
        if (mapper.conclude(scope.tenant(), key, "FAILED", detail, clock.instant()) == 0) {
            return;
        }
        settlement.add(scope, purchase, FactKind.CHECKOUT_FAILED, null, detail);
        PurchaseState ended = settlement.settle(scope, purchase);
        // what a person decided while the call was under way stays that person's decision
        if (ended == FactKind.CHECKOUT_FAILED.state() && ended != purchase.state()) {
            mapper.decided(
                    scope.tenant(),
                    purchase.purchaseId(),
                    purchase.gatewayId(),
                    purchase.gatewayId(),
                    null,
                    detail,
                    clock.instant());
        }
    }

    private void undecided(
            Scope scope, PurchaseRow purchase, String key, String status, String detail, Duration asked) {
        Instant now = clock.instant();
        Duration usual = LookSchedule.pause(purchase.looks());
        // a provider may ask for more patience, within a day
        Duration pause = asked.compareTo(usual) > 0 && asked.compareTo(LONGEST_PAUSE) < 0 ? asked : usual;
        if (mapper.conclude(scope.tenant(), key, status, detail, now) == 1
                && purchase.state() == PurchaseState.CREATED) {
            mapper.lookAgain(scope.tenant(), purchase.purchaseId(), now.plus(pause), detail);
        }
    }

    /** It is proven that the gateway has nothing of this purchase. */
    void provenNone(Scope scope, PurchaseRow purchase) {
        refused(scope, purchase, key(scope, purchase), "the gateway has no payment of this purchase");
    }

    /** The payment of a purchase whose answer was lost is found. */
    void found(Scope scope, PurchaseRow purchase, org.bursar.payments.spi.PaymentRef ref) {
        started(scope, purchase, key(scope, purchase), CheckoutStart.done(ref));
    }

    private static String key(Scope scope, PurchaseRow purchase) {
        return scope.tenant() + ":" + purchase.purchaseId() + ":checkout:1";
    }
}
