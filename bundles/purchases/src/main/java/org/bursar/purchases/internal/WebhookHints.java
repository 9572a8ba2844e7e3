package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.LookMapper;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.SaleMapper;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Leads from what a verified webhook points at to a purchase. A hint changes nothing of a purchase but that it is looked at; a
 * payment that nobody here knows belongs to the purchase that its metadata names once the provider itself says so.
 */
@Component(service = WebhookHints.class)
public final class WebhookHints {
    /** Refusals that another try does not change. */
    private static final Set<Kind> HOPELESS = EnumSet.of(Kind.NOT_FOUND, Kind.INVALID_REQUEST, Kind.UNSUPPORTED);

    private static final Found OF_A_PLAN = Found.none("of a plan's subscription, which is looked at");

    private final Database database;
    private final Checkout checkout;
    private final Settlement settlement;
    private final SettingsStore settings;
    private final PurchaseLooks looks;
    private final LookQueue queue;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final LookMapper mapper;
    private final PurchaseMapper purchases;
    private final SaleMapper sales;
    private final ForeignPayments foreign = new ForeignPayments();

    @Activate
    public WebhookHints(
            @Reference Database database,
            @Reference Checkout checkout,
            @Reference Settlement settlement,
            @Reference SettingsStore settings,
            @Reference PurchaseLooks looks,
            @Reference LookQueue queue,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.checkout = checkout;
        this.settlement = settlement;
        this.settings = settings;
        this.looks = looks;
        this.queue = queue;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", LookMapper.class);
        purchases = database.mapper("purchases", PurchaseMapper.class);
        sales = database.mapper("purchases", SaleMapper.class);
    }

    /**
     * What hints point at.
     *
     * @param purchases those that know the payment
     * @param open hints of which it is still to be found out whose they are
     */
    record Pointed(Set<PurchaseId> purchases, List<Hint> open) {
        /** The first that was hinted at; null: none is known. */
        @Nullable
        PurchaseId first() {
            return purchases.stream().findFirst().orElse(null);
        }
    }

    /** Makes the purchases that hints point at due; in the caller's transaction. */
    Pointed mark(Scope scope, String gateway, List<Hint> hints) {
        Pointed pointed = pointed(scope, gateway, hints);
        mark(scope, gateway, pointed);
        return pointed;
    }

    /** The same for purchases that were found. Locks are taken in the order of the ids. */
    void mark(Scope scope, String gateway, Pointed pointed) {
        pointed.purchases().stream()
                .sorted((one, other) -> one.uuid().compareTo(other.uuid()))
                .forEach(id -> mark(scope, gateway, id));
    }

    /** Finds the purchases that hints point at; in the caller's transaction. */
    Pointed pointed(Scope scope, String gateway, List<Hint> hints) {
        Set<PurchaseId> found = new LinkedHashSet<>();
        List<Hint> open = new ArrayList<>();
        for (Hint hint : hints) {
            Optional<PurchaseRow> named = named(scope, gateway, hint);
            if (named.isPresent() && named.get().refId() != null) {
                found.add(named.get().purchaseId());
            } else if (named.isPresent() || hint.purchaseId().isEmpty()) {
                open.add(hint);
            }
        }
        return new Pointed(found, open);
    }

    /** Makes a purchase due now, and has this node look at it once the caller's transaction has committed. */
    void mark(Scope scope, String gateway, PurchaseId id) {
        mapper.hinted(scope.tenant(), id, clock.instant());
        database.afterCommit(() -> queue.soon(scope, gateway, id));
    }

    /** The purchase that knows the payment, else the one that the payment's metadata names. */
    private Optional<PurchaseRow> named(Scope scope, String gateway, Hint hint) {
        return purchases
                .paidBy(scope.tenant(), gateway, hint.ref().kind(), hint.ref().id())
                .or(() -> hint.purchaseId()
                        .flatMap(WebhookHints::read)
                        .flatMap(id -> purchases.find(scope.tenant(), id))
                        .filter(purchase -> purchase.gatewayId().equals(gateway)));
    }

    private static Optional<PurchaseId> read(String text) {
        try {
            return Optional.of(PurchaseId.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What came of looking for a hint's purchase: when to try again, or that there is nothing more to do. */
    record Found(
            @Nullable PurchaseId purchase,
            @Nullable Instant again,
            @Nullable String note) {
        static Found none(String note) {
            return new Found(null, null, note);
        }
    }

    /** Looks for the purchase of an open hint; not inside a transaction, since the provider is asked. */
    Found find(Scope scope, String gateway, Hint hint, int attempts) {
        Instant soon = clock.instant().plus(LookSchedule.pause(Math.max(0, attempts - 1)));
        Optional<PurchaseRow> named = database.transact(scope, () -> named(scope, gateway, hint));
        if (named.isPresent()) {
            return of(scope, gateway, named.get(), hint, soon);
        }
        return hint.purchaseId().isPresent() ? nobodys() : unnamed(scope, gateway, hint, soon);
    }

    /**
     * An event that does not say which purchase it is about, as of a refund or a dispute: the provider shows whose the payment is,
     * and as which payment it is known here.
     */
    private Found unnamed(Scope scope, String gateway, Hint hint, Instant soon) {
        if (ofPlan(scope, gateway, hint.ref())) {
            return OF_A_PLAN;
        }
        if (foreign.contains(scope.tenant(), gateway, hint.ref(), clock.instant())) {
            return nobodys();
        }
        TenantSettings with = database.transact(scope, () -> settings.load(scope.tenant(), gateway));
        GatewayOutcome<PaymentSnapshot> outcome =
                looks.ask(scope, with.mode(), with, (service, context) -> service.fetch(context, hint.ref()));
        if (outcome instanceof GatewayOutcome.Answered<PaymentSnapshot> answered) {
            PaymentSnapshot shown = answered.value();
            Hint known = Hint.of(shown.ref(), shown.purchaseId());
            Optional<PurchaseRow> purchase = database.transact(scope, () -> named(scope, gateway, known))
                    .filter(row -> row.mode() == shown.mode());
            if (purchase.isPresent()) {
                return of(scope, gateway, purchase.get(), known, soon);
            }
            if (shown.subscription()
                    .filter(subscription -> ofPlan(scope, gateway, subscription))
                    .isPresent()) {
                return OF_A_PLAN;
            }
        } else if (!(outcome instanceof GatewayOutcome.Refused<PaymentSnapshot> refused
                && HOPELESS.contains(refused.kind()))) {
            return new Found(null, soon, PurchaseLooks.said(outcome));
        }
        if (database.transact(scope, () -> mapper.unnamed(scope.tenant(), gateway))) {
            return new Found(null, soon, "no purchase knows this payment yet");
        }
        if (outcome instanceof GatewayOutcome.Answered<PaymentSnapshot>) {
            foreign.add(scope.tenant(), gateway, hint.ref(), clock.instant());
        }
        return nobodys();
    }

    /** Whether a plan is collected by the subscription; if so it is looked at soon, and that look stores what is new. */
    private boolean ofPlan(Scope scope, String gateway, PaymentRef subscription) {
        return database.transact(
                        scope,
                        () -> sales.hinted(
                                scope.tenant(), gateway, subscription.kind(), subscription.id(), clock.instant()))
                > 0;
    }

    private Found of(Scope scope, String gateway, PurchaseRow purchase, Hint hint, Instant soon) {
        PurchaseId id = purchase.purchaseId();
        if (purchase.refId() == null && purchase.state() == PurchaseState.CREATED) {
            // whoever starts the checkout learns the reference, and with it where the payer goes: adopting it now would
            // lose that
            if (database.transact(scope, () -> mapper.starting(scope.tenant(), id, clock.instant()))) {
                return new Found(null, clock.instant().plus(beyondTheCall()), "the checkout is being started");
            }
            if (looks.keyLives(purchase)) {
                checkout.attempt(scope, id);
            }
        }
        boolean knows =
                database.transact(scope, () -> settlement.lock(scope, id).refId() != null);
        if (knows) {
            database.run(scope, () -> mark(scope, gateway, id));
            return new Found(id, null, null);
        }
        return adopt(scope, purchase, hint.ref(), soon);
    }

    private Duration beyondTheCall() {
        return configuration.patienceForCalls().plusSeconds(1);
    }

    private static Found nobodys() {
        return Found.none("no purchase of this tenant's");
    }

    private Found adopt(Scope scope, PurchaseRow purchase, PaymentRef ref, Instant soon) {
        PurchaseId id = purchase.purchaseId();
        TenantSettings with = database.transact(scope, () -> settings.load(scope.tenant(), purchase.gatewayId()));
        GatewayOutcome<PaymentSnapshot> outcome =
                looks.ask(scope, purchase, with, (gateway, context) -> gateway.fetch(context, ref));
        if (!(outcome instanceof GatewayOutcome.Answered<PaymentSnapshot> answered)) {
            return new Found(null, soon, PurchaseLooks.said(outcome));
        }
        PaymentSnapshot shown = answered.value();
        boolean confirmed = shown.purchaseId().equals(Optional.of(id.toString())) && shown.mode() == purchase.mode();
        if (!confirmed) {
            return Found.none("the provider does not confirm that the payment is of this purchase");
        }
        try {
            database.run(scope, () -> adopted(scope, id, ref, shown));
            return new Found(id, null, null);
        } catch (DatabaseException e) {
            if (!e.duplicate("purchase_reference")) {
                throw e;
            }
            return Found.none("the payment is of another purchase");
        }
    }

    /** Nobody could have asked about the payment before it had a reference, so what was shown is not older than anything. */
    private void adopted(Scope scope, PurchaseId id, PaymentRef ref, PaymentSnapshot shown) {
        PurchaseRow purchase = settlement.lock(scope, id);
        if (purchase.refId() == null) {
            Instant now = clock.instant();
            mapper.adopt(
                    scope.tenant(),
                    id,
                    ref.kind(),
                    ref.id(),
                    purchase.createdAt().plus(configuration.patienceForMoney()),
                    now);
            mapper.overtaken(scope.tenant(), id, now);
            settlement.add(scope, purchase, FactKind.CHECKOUT_STARTED, null, "found through a webhook");
            settlement.settle(scope, settlement.lock(scope, id), shown, purchase.ticket() + 1);
        }
        mark(scope, purchase.gatewayId(), id);
    }
}
