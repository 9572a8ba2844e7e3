package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bursar.credits.PlanSales;
import org.bursar.database.Database;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.SubscriptionControl;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.LookMapper;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.SaleMapper;
import org.bursar.purchases.internal.sql.SaleRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Asks providers about the subscriptions that plans are collected by. Whatever tells of a further period, or fails to, it is this look
 * that stores it: each reference that the provider lists becomes one purchase, which then is looked at like any other. The sale's row
 * is locked first, the tenant's counter and the customer's subscription after it, and no wallet.
 */
@Component(service = SaleLooks.class)
public final class SaleLooks {
    /** Between two looks that nothing hints at. */
    static final Duration USUAL = Duration.ofHours(6);
    /** Providers try a declined card again for some weeks. */
    private static final Duration DUNNING = Duration.ofDays(30);

    /** After so many tries in vain. */
    private static final int TELL_PEOPLE = 2;

    private static final String PLANS_ARE_AWAY = "the bundle that keeps plans is away";

    private final Database database;
    private final NewPurchases opened;
    private final Settlement settlement;
    private final SettingsStore settings;
    private final PurchaseLooks looks;
    private final LookQueue queue;
    private final PresentSales plans;
    private final Clock clock;
    private final SaleMapper mapper;
    private final LookMapper references;
    private final PurchaseMapper purchases;

    @Activate
    public SaleLooks(
            @Reference Database database,
            @Reference NewPurchases opened,
            @Reference Settlement settlement,
            @Reference SettingsStore settings,
            @Reference PurchaseLooks looks,
            @Reference LookQueue queue,
            @Reference PresentSales plans,
            @Reference Clock clock) {
        this.database = database;
        this.opened = opened;
        this.settlement = settlement;
        this.settings = settings;
        this.looks = looks;
        this.queue = queue;
        this.plans = plans;
        this.clock = clock;
        mapper = database.mapper("purchases", SaleMapper.class);
        references = database.mapper("purchases", LookMapper.class);
        purchases = database.mapper("purchases", PurchaseMapper.class);
    }

    /** Looks at the subscription, and stores what it shows. Not inside a transaction. */
    Told look(Scope scope, SaleRow row) {
        GatewayOutcome<SubscriptionSnapshot> outcome =
                ask(scope, row, (control, context, ref) -> control.subscription(context, ref));
        database.run(scope, () -> {
            SaleRow now = lock(scope, row.purchaseId());
            if (outcome instanceof GatewayOutcome.Answered<SubscriptionSnapshot> answered) {
                seen(scope, now, answered.value());
            } else {
                later(scope, now, PurchaseLooks.said(outcome));
            }
        });
        return Told.of(outcome);
    }

    /**
     * Has the provider charge nothing any longer, at once: what was paid is the plan's, which ends by its own rules. A period that it
     * charged in the meantime is found by the look that follows. Not inside a transaction.
     */
    Told stop(Scope scope, SaleRow row) {
        IdempotencyKey key = IdempotencyKey.of(scope.tenant() + ":" + row.purchaseId() + ":stop:1");
        GatewayOutcome<PaymentSnapshot> outcome =
                ask(scope, row, (control, context, ref) -> control.cancelSubscription(context, ref, false, key));
        if (outcome instanceof GatewayOutcome.Answered<PaymentSnapshot>) {
            return look(scope, row);
        }
        database.run(scope, () -> later(scope, lock(scope, row.purchaseId()), PurchaseLooks.said(outcome)));
        return Told.of(outcome);
    }

    /** What is asked of a gateway that renews subscriptions. */
    private interface Question<T> {
        @Nullable
        T ask(SubscriptionControl control, CallContext context, PaymentRef ref) throws GatewayException;
    }

    private <T> GatewayOutcome<T> ask(Scope scope, SaleRow row, Question<T> question) {
        TenantSettings own = database.transact(scope, () -> settings.load(scope.tenant(), row.gatewayId()));
        return looks.ask(scope, row.mode(), own, (gateway, context) -> {
            if (!(gateway instanceof SubscriptionControl control)) {
                throw new GatewayException(Kind.UNSUPPORTED, "the gateway renews no subscriptions");
            }
            PaymentRef ref = row.ref()
                    .orElseThrow(() -> new GatewayException(Kind.NOT_FOUND, "no payment has begun the subscription"));
            return question.ask(control, context, ref);
        });
    }

    SaleRow lock(Scope scope, PurchaseId id) {
        return mapper.lock(scope.tenant(), id).orElseThrow(Problems::notFound);
    }

    private void seen(Scope scope, SaleRow row, SubscriptionSnapshot shown) {
        if (row.is(SaleRow.ENDED)) {
            return;
        }
        if (row.subscriptionId() == null) {
            mapper.named(
                    scope.tenant(),
                    row.purchaseId(),
                    shown.ref().kind(),
                    shown.ref().id());
        }
        shown.periods().forEach(period -> add(scope, row, period));
        Optional<PlanSales> sales = plans.find();
        if (shown.status() != SubscriptionSnapshot.Status.ENDED) {
            String note = shown.status() == SubscriptionSnapshot.Status.RUNNING
                    ? null
                    : "the provider shows a status that the gateway does not know";
            stands(scope, row, row.status(), row.is(SaleRow.STOPPING) ? LookSchedule.pause(0) : USUAL, 0, note);
        } else if (sales.isEmpty()) {
            later(scope, row, PLANS_ARE_AWAY);
        } else {
            if (row.is(SaleRow.STOPPING)) {
                sales.get().released(scope, row.customerId(), row.purchaseId());
            } else {
                sales.get().ended(scope, row.customerId(), row.purchaseId());
            }
            stands(scope, row, SaleRow.ENDED, USUAL, 0, null);
        }
    }

    /** A period that is known already is that purchase, however often and in whatever order it is seen. */
    private void add(Scope scope, SaleRow row, PaymentRef period) {
        if (references
                .byReference(scope.tenant(), row.gatewayId(), period.kind(), period.id())
                .isPresent()) {
            return;
        }
        PurchaseRow first = purchases.find(scope.tenant(), row.purchaseId()).orElseThrow(Problems::notFound);
        PurchaseId id = opened.period(scope, first).purchaseId();
        Instant now = clock.instant();
        purchases.started(scope.tenant(), id, period.kind(), period.id(), null, now.plus(DUNNING), now, now);
        settlement.add(
                scope,
                settlement.lock(scope, id),
                FactKind.CHECKOUT_STARTED,
                null,
                "a further period of " + first.shownNumber());
        settlement.settle(scope, settlement.lock(scope, id));
        database.afterCommit(() -> queue.soon(scope, row.gatewayId(), id));
    }

    /** Who goes on being charged for what has ended must be helped by people: they read it at the plan's purchase. */
    private void later(Scope scope, SaleRow row, String note) {
        if (row.is(SaleRow.STOPPING) && row.looks() >= TELL_PEOPLE) {
            alert(scope, row.purchaseId(), "the provider is still to be told to charge no longer: " + note);
        }
        stands(scope, row, row.status(), LookSchedule.pause(row.looks()), row.looks() + 1, note);
    }

    /** People read it at the purchase in which the plan was taken. */
    void alert(Scope scope, PurchaseId id, String text) {
        purchases.alert(scope.tenant(), id, text);
    }

    private void stands(Scope scope, SaleRow row, String status, Duration pause, int counted, @Nullable String note) {
        Instant now = clock.instant();
        mapper.stands(scope.tenant(), row.purchaseId(), status, row.failing(), counted, now.plus(pause), note, now);
    }
}
