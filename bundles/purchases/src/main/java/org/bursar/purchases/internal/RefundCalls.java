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
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.Refunds;
import org.bursar.purchases.RefundStatus;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.DueRefundRow;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.RefundMapper;
import org.bursar.purchases.internal.sql.RefundRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers to pay back: the refund is stored before, the call is made outside any transaction, what became of it is stored
 * after. What is not known is asked again with the same key for 23 hours (providers keep keys for 24) and only looked for then.
 * Credit moves by what the payment shows afterwards, never by what the call answered.
 */
@Component(service = {RefundCalls.class, RecurringJob.class})
public final class RefundCalls implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(RefundCalls.class);
    private static final int AT_ONCE = 50;
    private static final Duration KEY_LIVES = Duration.ofHours(23);
    private static final Duration KEY_IS_GONE = Duration.ofHours(25);
    private static final Duration LEASE_BEYOND_CALL = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final Database database;
    private final Secrets secrets;
    private final TenantDirectory tenants;
    private final Settlement settlement;
    private final SettingsStore settings;
    private final GatewayCalls calls;
    private final FreshLook look;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final RefundMapper mapper;

    @Activate
    public RefundCalls(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference TenantDirectory tenants,
            @Reference Settlement settlement,
            @Reference SettingsStore settings,
            @Reference GatewayCalls calls,
            @Reference FreshLook look,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.tenants = tenants;
        this.settlement = settlement;
        this.settings = settings;
        this.calls = calls;
        this.look = look;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", RefundMapper.class);
    }

    @Override
    public String name() {
        return "purchase-refunds";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        SilentGateways silent = new SilentGateways();
        for (TenantId tenant : tenants.all()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            try {
                List<DueRefundRow> due =
                        database.transact(scope, () -> mapper.due(tenant, clock.instant(), silent.of(tenant), AT_ONCE));
                due.forEach(refund -> again(scope, refund, silent));
            } catch (RuntimeException e) {
                // nothing is lost, the next run finds it due again; another tenant must not wait for it
                LOG.warn("the refunds of tenant {} could not be read", tenant, e);
            }
        }
    }

    private void again(Scope scope, DueRefundRow due, SilentGateways silent) {
        if (silent.leavesAlone(scope.tenant(), due.gatewayId())) {
            return;
        }
        try {
            silent.told(scope.tenant(), due.gatewayId(), attempt(scope, due.refundId()));
        } catch (RuntimeException e) {
            LOG.warn("refund {} could not be asked for", due.refundId(), e);
        }
    }

    private record Attempt(RefundRow refund, PurchaseRow purchase, TenantSettings settings) {}

    /**
     * Asks for a refund that is planned or whose outcome is not known, unless somebody else asks right now.
     *
     * @return what the gateway told; that nothing was to be asked counts as something
     */
    Told attempt(Scope scope, RefundId id) {
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        Optional<Attempt> taken = database.transact(scope, () -> take(scope, id));
        if (taken.isEmpty()) {
            return Told.SOMETHING;
        }
        Attempt attempt = taken.get();
        if (clock.instant().isBefore(attempt.refund().createdAt().plus(KEY_LIVES))) {
            GatewayOutcome<OperationResult> outcome = call(scope, attempt);
            database.run(scope, () -> conclude(scope, attempt, outcome));
            if (outcome instanceof GatewayOutcome.Answered || outcome instanceof GatewayOutcome.Unknown) {
                look.at(scope, attempt.purchase().purchaseId());
            }
            return Told.of(outcome);
        }
        return lookFor(scope, attempt) ? Told.SOMETHING : Told.NOTHING;
    }

    private Optional<Attempt> take(Scope scope, RefundId id) {
        Optional<RefundRow> found = mapper.find(scope.tenant(), id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        PurchaseRow purchase = settlement.lock(scope, found.get().purchaseId());
        Instant now = clock.instant();
        Instant until = now.plus(configuration.patienceForCalls()).plus(LEASE_BEYOND_CALL);
        return mapper.take(scope.tenant(), id, now, until)
                .map(row -> new Attempt(row, purchase, settings.load(scope.tenant(), purchase.gatewayId())));
    }

    private GatewayOutcome<OperationResult> call(Scope scope, Attempt attempt) {
        PurchaseRow purchase = attempt.purchase();
        RefundRow refund = attempt.refund();
        PaymentRef ref =
                PaymentRef.of(Objects.requireNonNull(purchase.refKind()), Objects.requireNonNull(purchase.refId()));
        return calls.call(purchase.gatewayId(), configuration.patienceForCalls(), (gateway, deadline) -> {
            if (!(gateway instanceof Refunds refunds)) {
                throw new GatewayException(Kind.UNSUPPORTED, "the gateway cannot refund");
            }
            return refunds.refund(
                    new CallContext(scope.tenant(), attempt.settings(), purchase.mode(), secrets, clock, deadline),
                    ref,
                    Money.of(refund.currency(), refund.amountMinor()),
                    IdempotencyKey.of(refund.intentKey()),
                    refund.reason());
        });
    }

    private void conclude(Scope scope, Attempt attempt, GatewayOutcome<OperationResult> outcome) {
        settlement.lock(scope, attempt.purchase().purchaseId());
        if (outcome instanceof GatewayOutcome.Answered<OperationResult> answered) {
            if (answered.value() instanceof OperationResult.Declined declined) {
                end(scope, attempt, RefundStatus.FAILED, declined.decline().toString());
            } else {
                end(scope, attempt, RefundStatus.PENDING, null);
            }
        } else if (outcome instanceof GatewayOutcome.Unknown<OperationResult> unknown) {
            later(scope, attempt, RefundStatus.UNKNOWN, unknown.detail(), Duration.ZERO);
        } else if (outcome instanceof GatewayOutcome.Refused<OperationResult> refused) {
            refused(scope, attempt, refused);
        } else {
            later(scope, attempt, RefundStatus.PLANNED, "the gateway is absent", Duration.ZERO);
        }
    }

    private void refused(Scope scope, Attempt attempt, GatewayOutcome.Refused<OperationResult> refused) {
        boolean never = refused.kind() == Kind.NOT_EXECUTED || refused.kind() == Kind.RATE_LIMITED;
        if (never) {
            later(
                    scope,
                    attempt,
                    RefundStatus.PLANNED,
                    refused.detail(),
                    refused.retryAfter().orElse(Duration.ZERO));
        } else if (attempt.refund().status() == RefundStatus.UNKNOWN) {
            // this attempt did nothing, but an earlier one may have
            later(scope, attempt, RefundStatus.UNKNOWN, refused.detail(), Duration.ZERO);
        } else {
            end(scope, attempt, RefundStatus.FAILED, refused.detail());
        }
    }

    private void end(Scope scope, Attempt attempt, RefundStatus status, @Nullable String detail) {
        Instant now = clock.instant();
        mapper.conclude(
                scope.tenant(),
                attempt.refund().refundId(),
                status,
                detail,
                null,
                status == RefundStatus.FAILED ? now : null,
                now);
        if (status == RefundStatus.FAILED) {
            settlement
                    .aftermath()
                    .refund(scope, attempt.purchase(), attempt.refund().refundId());
        }
    }

    private void later(Scope scope, Attempt attempt, RefundStatus status, String detail, Duration asked) {
        Instant now = clock.instant();
        Duration usual = LookSchedule.pause(attempt.refund().attempts() - 1);
        Duration pause = asked.compareTo(usual) > 0 ? asked : usual;
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        mapper.conclude(scope.tenant(), attempt.refund().refundId(), status, detail, now.plus(bounded), null, now);
    }

    /**
     * The key may be forgotten by now: nothing is asked again, and what the payment does not show did not happen. Answers whether
     * the provider told.
     */
    private boolean lookFor(Scope scope, Attempt attempt) {
        boolean told = look.at(scope, attempt.purchase().purchaseId());
        database.run(scope, () -> {
            settlement.lock(scope, attempt.purchase().purchaseId());
            boolean gone =
                    !clock.instant().isBefore(attempt.refund().createdAt().plus(KEY_IS_GONE));
            if (told && gone) {
                end(scope, attempt, RefundStatus.FAILED, "the provider shows no such refund");
            } else {
                later(scope, attempt, RefundStatus.UNKNOWN, "only looked for: the key is too old", Duration.ZERO);
            }
        });
        return told;
    }
}
