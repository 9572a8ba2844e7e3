package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Looks at one purchase. Under its lock a ticket is taken and the next look is announced, so that of any number of nodes one
 * looks; the provider is asked outside any transaction; what it shows counts unless a later ticket was settled meanwhile.
 */
@Component(service = PurchaseLooks.class)
public final class PurchaseLooks {
    private static final Duration KEY_LIVES = Duration.ofHours(23);
    /** So many payments of one purchase are looked at; no provider makes more of one key. */
    private static final int MOST_OF_ONE = 5;

    private static final Duration STRAGGLERS = Duration.ofMinutes(10);

    private final Database database;
    private final Secrets secrets;
    private final Checkout checkout;
    private final CheckoutCancelling cancelling;
    private final Settlement settlement;
    private final SettingsStore settings;
    private final GatewayCalls calls;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final PurchaseMapper mapper;

    @Activate
    public PurchaseLooks(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Checkout checkout,
            @Reference CheckoutCancelling cancelling,
            @Reference Settlement settlement,
            @Reference SettingsStore settings,
            @Reference GatewayCalls calls,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.checkout = checkout;
        this.cancelling = cancelling;
        this.settlement = settlement;
        this.settings = settings;
        this.calls = calls;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
    }

    /** What came of a look. */
    enum Seen {
        /** Somebody else has looked, or nothing is to be seen. */
        NOT_DUE,
        DONE,
        /** The gateway said that this tenant may not ask so. */
        REFUSED,
        /** The gateway did not tell. */
        NOTHING;

        private static Seen of(Told told) {
            return switch (told) {
                case SOMETHING -> DONE;
                case REFUSED -> REFUSED;
                case NOTHING -> NOTHING;
            };
        }
    }

    /** @param cancelling whether somebody wants the checkout stopped at the provider, which has not been done */
    private record Look(PurchaseRow purchase, TenantSettings settings, long ticket, boolean cancelling) {}

    /** Looks, if the purchase is due. Not inside a transaction. */
    Seen look(Scope scope, PurchaseId id) {
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        Optional<Look> begun = database.transact(scope, () -> begin(scope, id));
        if (begun.isEmpty()) {
            return Seen.NOT_DUE;
        }
        Look look = begun.get();
        PurchaseRow purchase = look.purchase();
        if (purchase.state() == PurchaseState.CREATED && purchase.refId() == null) {
            if (keyLives(purchase) && checkout.wanted(scope, purchase)) {
                return started(scope, id);
            }
            // what was asked for last may still be on its way
            Instant settled = clock.instant().minus(STRAGGLERS);
            return database.transact(scope, () -> mapper.quiet(scope.tenant(), id, settled))
                    ? locate(scope, look)
                    : Seen.NOT_DUE;
        }
        if (purchase.manual()) {
            database.run(scope, () -> settlement.settle(scope, settlement.lock(scope, id)));
            return Seen.DONE;
        }
        if (purchase.refId() == null) {
            return unpaid(scope, id);
        }
        if (look.cancelling()) {
            // what came of it, the payment shows
            cancelling.attempt(scope, id);
        }
        return fetch(scope, look);
    }

    /** Whether the provider still knows the key that the checkout was asked for with. */
    boolean keyLives(PurchaseRow purchase) {
        return clock.instant().isBefore(purchase.createdAt().plus(KEY_LIVES));
    }

    private Optional<Look> begin(Scope scope, PurchaseId id) {
        PurchaseRow purchase = settlement.lock(scope, id);
        Instant now = clock.instant();
        Instant due = purchase.nextLookAt();
        if (!purchase.dirty() || due == null || due.isAfter(now)) {
            return Optional.empty();
        }
        mapper.takeTicket(scope.tenant(), id, now.plus(LookSchedule.pause(purchase.looks())));
        return Optional.of(new Look(
                purchase,
                settings.load(scope.tenant(), purchase.gatewayId()),
                purchase.ticket() + 1,
                cancelling.planned(scope, id)));
    }

    private Seen started(Scope scope, PurchaseId id) {
        return Seen.of(checkout.attempt(scope, id));
    }

    /** It ended before the provider knew of it: there is nothing to be asked. */
    private Seen unpaid(Scope scope, PurchaseId id) {
        database.run(scope, () -> settlement.settle(scope, settlement.lock(scope, id)));
        return Seen.DONE;
    }

    /** A question that needs the tenant's settings. */
    interface ContextQuestion<T> {
        @Nullable
        T ask(PaymentGateway gateway, CallContext context) throws GatewayException;
    }

    /** Asks the gateway of a purchase, in the purchase's mode. */
    <T> GatewayOutcome<T> ask(Scope scope, PurchaseRow purchase, TenantSettings with, ContextQuestion<T> question) {
        return ask(scope, purchase.mode(), with, question);
    }

    /** Asks a gateway. */
    <T> GatewayOutcome<T> ask(Scope scope, Mode mode, TenantSettings with, ContextQuestion<T> question) {
        return calls.call(
                with.gateway(),
                configuration.patienceForCalls(),
                (gateway, deadline) ->
                        question.ask(gateway, new CallContext(scope.tenant(), with, mode, secrets, clock, deadline)));
    }

    private Seen locate(Scope scope, Look look) {
        PurchaseId id = look.purchase().purchaseId();
        GatewayOutcome<List<PaymentRef>> outcome = ask(
                scope,
                look.purchase(),
                look.settings(),
                (gateway, context) ->
                        gateway.locate(context, id.toString(), look.purchase().createdAt()));
        if (!(outcome instanceof GatewayOutcome.Answered<List<PaymentRef>> answered)) {
            return untold(scope, id, outcome);
        }
        List<PaymentRef> found = answered.value();
        Optional<PaymentRef> chosen =
                found.size() > 1 ? paid(scope, look, found) : found.stream().findFirst();
        database.run(scope, () -> {
            PurchaseRow purchase = settlement.lock(scope, id);
            if (purchase.state() != PurchaseState.CREATED) {
                return;
            }
            if (chosen.isEmpty()) {
                checkout.provenNone(scope, purchase);
            } else {
                checkout.found(scope, purchase, chosen.get(), found.size());
            }
        });
        return Seen.DONE;
    }

    /** Of several payments of one purchase the one that was paid, else the first: what the payer has paid must not be passed over. */
    private Optional<PaymentRef> paid(Scope scope, Look look, List<PaymentRef> found) {
        return found.stream()
                .limit(MOST_OF_ONE)
                .filter(ref ->
                        ask(scope, look.purchase(), look.settings(), (gateway, context) -> gateway.fetch(context, ref))
                                        instanceof GatewayOutcome.Answered<PaymentSnapshot> shown
                                && shown.value().captured().minor() > 0)
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private Seen fetch(Scope scope, Look look) {
        PurchaseRow purchase = look.purchase();
        PurchaseId id = purchase.purchaseId();
        PaymentRef ref =
                PaymentRef.of(Objects.requireNonNull(purchase.refKind()), Objects.requireNonNull(purchase.refId()));
        GatewayOutcome<PaymentSnapshot> outcome =
                ask(scope, purchase, look.settings(), (gateway, context) -> gateway.fetch(context, ref));
        if (!(outcome instanceof GatewayOutcome.Answered<PaymentSnapshot> answered)) {
            return untold(scope, id, outcome);
        }
        database.run(scope, () -> {
            PurchaseRow now = settlement.lock(scope, id);
            // a look that began later has been applied already: what this one saw is older
            if (now.appliedTicket() < look.ticket()) {
                settlement.settle(scope, now, answered.value(), look.ticket());
            }
        });
        return Seen.DONE;
    }

    private Seen untold(Scope scope, PurchaseId id, GatewayOutcome<?> outcome) {
        database.run(scope, () -> {
            if (outcome instanceof GatewayOutcome.Absent<?>) {
                Instant back = clock.instant().plus(LookSchedule.UNTIL_IT_IS_BACK);
                mapper.lookAgain(scope.tenant(), id, back, said(outcome));
            } else {
                mapper.alert(scope.tenant(), id, said(outcome));
            }
        });
        return Seen.of(Told.of(outcome));
    }

    /** Why there is no answer, for people. */
    static String said(GatewayOutcome<?> outcome) {
        if (outcome instanceof GatewayOutcome.Unknown<?> unknown) {
            return unknown.detail();
        }
        if (outcome instanceof GatewayOutcome.Refused<?> refused) {
            return refused.detail();
        }
        return "the gateway is absent";
    }
}
