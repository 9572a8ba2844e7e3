package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.Actor;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after purchases whose end is not known. A checkout of which nothing is known is asked for again with the same key for
 * 23 hours (providers keep keys for 24), then only looked for; a payment at a provider is fetched.
 */
@Component(service = RecurringJob.class)
public final class PurchaseReconciliation implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(PurchaseReconciliation.class);
    private static final int AT_ONCE = 50;
    private static final Duration KEY_LIVES = Duration.ofHours(23);

    private final Database database;
    private final Secrets secrets;
    private final TenantDirectory tenants;
    private final Checkout checkout;
    private final Settlement settlement;
    private final SettingsStore settings;
    private final GatewayCalls calls;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final PurchaseMapper mapper;

    @Activate
    public PurchaseReconciliation(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference TenantDirectory tenants,
            @Reference Checkout checkout,
            @Reference Settlement settlement,
            @Reference SettingsStore settings,
            @Reference GatewayCalls calls,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.tenants = tenants;
        this.checkout = checkout;
        this.settlement = settlement;
        this.settings = settings;
        this.calls = calls;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
    }

    @Override
    public String name() {
        return "purchase-reconciliation";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        for (TenantId tenant : tenants.all()) {
            try {
                lookAtDue(Scope.of(tenant, Actor.system(name())));
            } catch (RuntimeException e) {
                // nothing is lost, the next run finds it due again; another tenant must not wait for it
                LOG.warn("the due purchases of tenant {} could not be read", tenant, e);
            }
        }
    }

    private void lookAtDue(Scope scope) {
        List<PurchaseId> due = database.transact(scope, () -> mapper.due(scope.tenant(), clock.instant(), AT_ONCE));
        for (PurchaseId id : due) {
            try {
                look(scope, id);
            } catch (RuntimeException e) {
                // the next look was announced before this one; another purchase must not wait for it
                LOG.warn("purchase {} could not be reconciled", id, e);
            }
        }
    }

    private record Look(PurchaseRow purchase, TenantSettings settings, long ticket) {}

    private void look(Scope scope, PurchaseId id) {
        Optional<Look> begun = database.transact(scope, () -> begin(scope, id));
        if (begun.isEmpty()) {
            return;
        }
        Look look = begun.get();
        PurchaseRow purchase = look.purchase();
        boolean startKnown = purchase.refId() != null;
        boolean keyLives = clock.instant().isBefore(purchase.createdAt().plus(KEY_LIVES));
        if (purchase.state() == PurchaseState.CREATED && !startKnown && keyLives) {
            checkout.attempt(scope, id);
        } else if (purchase.state() == PurchaseState.CREATED && !startKnown) {
            locate(scope, look);
        } else if (purchase.manual()) {
            database.run(scope, () -> settlement.settle(scope, settlement.lock(scope, id)));
        } else if (startKnown) {
            fetch(scope, look);
        }
    }

    private Optional<Look> begin(Scope scope, PurchaseId id) {
        PurchaseRow purchase = settlement.lock(scope, id);
        Instant now = clock.instant();
        Instant due = purchase.nextLookAt();
        if (!purchase.dirty() || due == null || due.isAfter(now)) {
            return Optional.empty();
        }
        mapper.takeTicket(scope.tenant(), id, now.plus(LookSchedule.pause(purchase.looks())));
        return Optional.of(
                new Look(purchase, settings.load(scope.tenant(), purchase.gatewayId()), purchase.ticket() + 1));
    }

    private <T> GatewayOutcome<T> call(Scope scope, Look look, ContextQuestion<T> question) {
        PurchaseRow purchase = look.purchase();
        return calls.call(
                purchase.gatewayId(),
                configuration.patienceForCalls(),
                (gateway, deadline) -> question.ask(
                        gateway,
                        new CallContext(scope.tenant(), look.settings(), purchase.mode(), secrets, clock, deadline)));
    }

    /** A question that needs the tenant's settings. */
    private interface ContextQuestion<T> {
        @Nullable
        T ask(PaymentGateway gateway, CallContext context) throws GatewayException;
    }

    private void locate(Scope scope, Look look) {
        PurchaseId id = look.purchase().purchaseId();
        GatewayOutcome<List<PaymentRef>> outcome = call(
                scope,
                look,
                (gateway, context) ->
                        gateway.locate(context, id.toString(), look.purchase().createdAt()));
        if (!(outcome instanceof GatewayOutcome.Answered<List<PaymentRef>> answered)) {
            alert(scope, id, said(outcome));
            return;
        }
        List<PaymentRef> found = answered.value();
        database.run(scope, () -> {
            PurchaseRow purchase = settlement.lock(scope, id);
            if (purchase.state() != PurchaseState.CREATED) {
                return;
            }
            if (found.isEmpty()) {
                checkout.provenNone(scope, purchase);
            } else {
                checkout.found(scope, purchase, found.get(0));
            }
        });
    }

    private void fetch(Scope scope, Look look) {
        PurchaseRow purchase = look.purchase();
        PurchaseId id = purchase.purchaseId();
        PaymentRef ref =
                PaymentRef.of(Objects.requireNonNull(purchase.refKind()), Objects.requireNonNull(purchase.refId()));
        GatewayOutcome<PaymentSnapshot> outcome = call(scope, look, (gateway, context) -> gateway.fetch(context, ref));
        if (!(outcome instanceof GatewayOutcome.Answered<PaymentSnapshot> answered)) {
            alert(scope, id, said(outcome));
            return;
        }
        database.run(scope, () -> {
            PurchaseRow now = settlement.lock(scope, id);
            // a look that began later has been applied already: what this one saw is older
            if (now.appliedTicket() < look.ticket()) {
                settlement.settle(scope, now, answered.value(), look.ticket());
            }
        });
    }

    private void alert(Scope scope, PurchaseId id, String text) {
        database.run(scope, () -> mapper.alert(scope.tenant(), id, text));
    }

    private static String said(GatewayOutcome<?> outcome) {
        if (outcome instanceof GatewayOutcome.Unknown<?> unknown) {
            return unknown.detail();
        }
        if (outcome instanceof GatewayOutcome.Refused<?> refused) {
            return refused.detail();
        }
        return "the gateway is absent";
    }
}
