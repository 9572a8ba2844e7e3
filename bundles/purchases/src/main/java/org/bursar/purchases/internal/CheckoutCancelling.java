package org.bursar.purchases.internal;

import java.time.Clock;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.Cancellable;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Stops an open checkout at its provider. That somebody wants it is stored before; what came of it, the payment shows: who pays in
 * the same moment has paid. When the answer is lost the checkout stays open, and the looks that go on anyway ask for it again.
 */
@Component(service = CheckoutCancelling.class)
public final class CheckoutCancelling {
    private static final String CANCEL = "CANCEL";

    private final Database database;
    private final Secrets secrets;
    private final GatewayDirectory gateways;
    private final GatewayCalls calls;
    private final SettingsStore settings;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final PurchaseMapper mapper;

    @Activate
    public CheckoutCancelling(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference GatewayDirectory gateways,
            @Reference GatewayCalls calls,
            @Reference SettingsStore settings,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.gateways = gateways;
        this.calls = calls;
        this.settings = settings;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
    }

    private static String key(Scope scope, PurchaseId id) {
        return scope.tenant() + ":" + id + ":cancel:1";
    }

    /** Stores that the checkout is to be stopped; the purchase is locked by the caller. */
    void plan(Scope scope, PurchaseRow purchase) {
        if (!planIfAble(scope, purchase)) {
            throw new ProblemException(PurchasesProblems.NOT_MANUAL, PurchasesProblems.NOT_MANUAL.cure());
        }
    }

    /** The same; false when the gateway stops nothing, or has not begun anything. */
    boolean planIfAble(Scope scope, PurchaseRow purchase) {
        boolean able = gateways.find(purchase.gatewayId())
                .filter(GatewayDirectory.Known::cancellable)
                .isPresent();
        if (!able || purchase.refId() == null) {
            return false;
        }
        mapper.planOnce(
                scope.tenant(),
                key(scope, purchase.purchaseId()),
                purchase.purchaseId(),
                purchase.customerId(),
                CANCEL,
                StoredJson.object().put("ref", purchase.refId()).toString(),
                clock.instant());
        return true;
    }

    /** Whether it is to be stopped and has not been: the next look does it, and a fresh look does it now. */
    boolean planned(Scope scope, PurchaseId id) {
        return database.transact(scope, () -> mapper.planned(scope.tenant(), key(scope, id)));
    }

    /** Asks the provider, where it was planned and is not done. Not inside a transaction. */
    void attempt(Scope scope, PurchaseId id) {
        Optional<PurchaseRow> found = database.transact(
                scope,
                () -> mapper.planned(scope.tenant(), key(scope, id))
                        ? mapper.find(scope.tenant(), id)
                        : Optional.empty());
        if (found.isEmpty()) {
            return;
        }
        PurchaseRow purchase = found.get();
        String kind = purchase.refKind();
        String ref = purchase.refId();
        if (kind == null || ref == null) {
            return;
        }
        TenantSettings own = database.transact(scope, () -> settings.load(scope.tenant(), purchase.gatewayId()));
        GatewayOutcome<PaymentSnapshot> outcome =
                calls.call(purchase.gatewayId(), configuration.patienceForCalls(), (gateway, deadline) -> {
                    if (!(gateway instanceof Cancellable cancellable)) {
                        throw new GatewayException(Kind.UNSUPPORTED, "the gateway cannot cancel");
                    }
                    return cancellable.cancel(
                            new CallContext(scope.tenant(), own, purchase.mode(), secrets, clock, deadline),
                            PaymentRef.of(kind, ref),
                            IdempotencyKey.of(key(scope, id)));
                });
        String status = outcome instanceof GatewayOutcome.Answered
                ? "DONE"
                : outcome instanceof GatewayOutcome.Unknown ? "UNKNOWN" : "PLANNED";
        database.run(scope, () -> mapper.conclude(scope.tenant(), key(scope, id), status, null, clock.instant()));
    }
}
