package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.database.Secrets;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.IntentRow;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Intent, call, outcome: each in a transaction of its own, the call in none. */
@Component(service = Checkout.class)
public final class Checkout {
    private static final String UNKNOWN = "UNKNOWN";
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final Duration LEASE_BEYOND_CALL = Duration.ofSeconds(5);

    private final Database database;
    private final Secrets secrets;
    private final GatewayCalls calls;
    private final SettingsStore settings;
    private final Settlement settlement;
    private final ChargeGate gate;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final PurchaseMapper mapper;

    @Activate
    public Checkout(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference GatewayCalls calls,
            @Reference SettingsStore settings,
            @Reference Settlement settlement,
            @Reference ChargeGate gate,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.calls = calls;
        this.settings = settings;
        this.settlement = settlement;
        this.gate = gate;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
    }

    private record Attempt(PurchaseRow purchase, String key, PaymentStart start, TenantSettings settings) {}

    /**
     * Makes the call that is planned or whose outcome is not known, unless somebody else makes it right now.
     *
     * @return what the gateway told; that nothing was to be asked counts as something
     */
    Told attempt(Scope scope, PurchaseId id) {
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        Optional<Attempt> taken = database.transact(scope, () -> take(scope, id));
        if (taken.isEmpty()) {
            return Told.SOMETHING;
        }
        Attempt attempt = taken.get();
        PurchaseRow purchase = attempt.purchase();
        GatewayOutcome<PaymentStart.Answer> outcome = calls.call(
                purchase.gatewayId(),
                configuration.patienceForCalls(),
                (gateway, deadline) -> attempt.start()
                        .ask(
                                gateway,
                                new CallContext(
                                        scope.tenant(),
                                        attempt.settings(),
                                        purchase.mode(),
                                        secrets,
                                        clock,
                                        deadline)));
        try {
            database.run(scope, () -> conclude(scope, attempt, outcome));
            return Told.of(outcome);
        } catch (DatabaseException e) {
            if (!e.duplicate("purchase_reference")) {
                throw e;
            }
            GatewayOutcome<PaymentStart.Answer> another =
                    new GatewayOutcome.Unknown<>("the gateway named a payment of another purchase");
            database.run(scope, () -> conclude(scope, attempt, another));
            return Told.of(another);
        }
    }

    /** Whether the call is still to be made; of a charge that is not wanted any longer it is only found out what became of it. */
    boolean wanted(Scope scope, PurchaseRow purchase) {
        return database.transact(scope, () -> gate.stands(scope, purchase));
    }

    private Optional<Attempt> take(Scope scope, PurchaseId id) {
        PurchaseRow purchase = settlement.lock(scope, id);
        if (purchase.refId() != null || purchase.state() != PurchaseState.CREATED || !gate.stands(scope, purchase)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant until = now.plus(configuration.patienceForCalls()).plus(LEASE_BEYOND_CALL);
        return mapper.take(scope.tenant(), id, now, until).map(intent -> attempt(scope, purchase, intent));
    }

    private Attempt attempt(Scope scope, PurchaseRow purchase, IntentRow intent) {
        return new Attempt(
                purchase,
                intent.intentKey(),
                PaymentStart.read(intent),
                settings.load(scope.tenant(), purchase.gatewayId()));
    }

    private void conclude(Scope scope, Attempt attempt, GatewayOutcome<PaymentStart.Answer> outcome) {
        PurchaseRow purchase = settlement.lock(scope, attempt.purchase().purchaseId());
        String key = attempt.key();
        if (outcome instanceof GatewayOutcome.Answered<PaymentStart.Answer> answered) {
            answered(scope, purchase, key, answered.value());
        } else if (outcome instanceof GatewayOutcome.Unknown<PaymentStart.Answer> unknown) {
            undecided(scope, purchase, key, UNKNOWN, unknown.detail(), Duration.ZERO);
        } else if (outcome instanceof GatewayOutcome.Refused<PaymentStart.Answer> refused) {
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
                undecided(scope, purchase, key, UNKNOWN, refused.detail(), Duration.ZERO);
            } else {
                refused(scope, purchase, key, refused.detail(), Optional.empty());
            }
        } else {
            undecided(scope, purchase, key, "PLANNED", "the gateway is absent", Duration.ZERO);
        }
    }

    private void answered(Scope scope, PurchaseRow purchase, String key, PaymentStart.Answer answer) {
        Optional<Decline> decline = Optional.ofNullable(answer.decline());
        boolean noPayment =
                decline.filter(why -> why.code() == DeclineCode.METHOD_GONE).isPresent();
        String fault = CheckoutAnswers.fault(answer.start());
        if (fault != null) {
            undecided(scope, purchase, key, UNKNOWN, fault, Duration.ZERO);
        } else if (!noPayment) {
            started(scope, purchase, key, answer.start(), null);
            decline.ifPresent(why -> settlement.aftermath().declined(scope, purchase, why));
        } else if (mapper.unknown(scope.tenant(), key)) {
            // the method was there when it was asked for first, and may have been charged
            undecided(scope, purchase, key, UNKNOWN, decline.get().toString(), Duration.ZERO);
        } else {
            refused(scope, purchase, key, decline.get().toString(), decline);
        }
    }

    private void started(Scope scope, PurchaseRow purchase, String key, CheckoutStart start, @Nullable String note) {
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
        settlement.add(scope, purchase, FactKind.CHECKOUT_STARTED, null, note);
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

    private void refused(Scope scope, PurchaseRow purchase, String key, String detail, Optional<Decline> decline) {
        if (mapper.conclude(scope.tenant(), key, "FAILED", detail, clock.instant()) == 0) {
            return;
        }
        settlement.add(scope, purchase, FactKind.CHECKOUT_FAILED, null, detail);
        PurchaseState ended = settlement.settle(scope, purchase, decline);
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
        refused(
                scope,
                purchase,
                mapper.startKey(scope.tenant(), purchase.purchaseId()),
                "the gateway has no payment of this purchase",
                Optional.empty());
    }

    /** The payment of a purchase whose answer was lost is found; where there are others, people read so. */
    void found(Scope scope, PurchaseRow purchase, org.bursar.payments.spi.PaymentRef ref, int payments) {
        String note = payments == 1
                ? null
                : "the provider has " + payments + " payments of this purchase, of which this is " + ref
                        + ": see there whether another was paid, and refund it";
        started(scope, purchase, mapper.startKey(scope.tenant(), purchase.purchaseId()), CheckoutStart.done(ref), note);
    }
}
