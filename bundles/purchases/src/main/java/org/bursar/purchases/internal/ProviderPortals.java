package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.Audit;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.CustomerPortal;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.purchases.MethodPortals;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.SavedMethod;
import org.bursar.purchases.internal.sql.MethodMapper;
import org.bursar.purchases.internal.sql.MethodRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks gateways for their providers' pages. */
@Component(service = MethodPortals.class)
public final class ProviderPortals implements MethodPortals {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderPortals.class);
    /** Where payers look after their methods here, and come back to. */
    private static final String BACK = "/account";

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Database database;
    private final Secrets secrets;
    private final Audit audit;
    private final GatewayDirectory directory;
    private final SettingsStore settings;
    private final GatewayCalls calls;
    private final TenantPages pages;
    private final PurchasesSettings configuration;
    private final Clock clock;
    private final MethodMapper mapper;

    @Activate
    public ProviderPortals(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Audit audit,
            @Reference GatewayDirectory directory,
            @Reference SettingsStore settings,
            @Reference GatewayCalls calls,
            @Reference TenantPages pages,
            @Reference PurchasesSettings configuration,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.audit = audit;
        this.directory = directory;
        this.settings = settings;
        this.calls = calls;
        this.pages = pages;
        this.configuration = configuration;
        this.clock = clock;
        mapper = database.mapper("purchases", MethodMapper.class);
    }

    @Override
    public Set<SavedMethodId> manageable(Collection<SavedMethod> methods) {
        // a gateway that does not even tell what it is costs its patience once, however many methods it keeps
        Map<String, Boolean> known = new HashMap<>();
        return methods.stream()
                .filter(SavedMethod::active)
                .filter(method -> known.computeIfAbsent(method.gateway(), this::offered))
                .map(SavedMethod::id)
                .collect(Collectors.toSet());
    }

    private boolean offered(String gateway) {
        return directory.pausedSince(gateway).isEmpty()
                && directory
                        .find(gateway)
                        .filter(GatewayDirectory.Known::portal)
                        .isPresent();
    }

    @Override
    public void plan(Scope scope, SavedMethodId id) {
        MethodRow row = database.transact(scope, () -> kept(scope, id));
        GatewayDirectory.Known known = directory.find(row.gatewayId()).orElseThrow(UsableGateway::unavailable);
        if (!known.portal()) {
            throw noPortal("The gateway " + row.gatewayId() + " has no such pages.");
        }
        database.run(
                scope,
                () -> audit.record(
                        scope,
                        "saved-method.visit",
                        id.toString(),
                        Optional.of(row.customerId()),
                        null,
                        Map.of("gateway", row.gatewayId())));
    }

    /** A method that is still kept; joins the caller's transaction. */
    private MethodRow kept(Scope scope, SavedMethodId id) {
        MethodRow row = mapper.find(scope.tenant(), id).orElseThrow(Problems::notFound);
        if (!row.active()) {
            throw noPortal("The payment method was removed.");
        }
        return row;
    }

    private record Asked(MethodRow row, TenantSettings with, URI back) {}

    @Override
    public URI visit(Scope scope, SavedMethodId id) {
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        Asked asked = database.transact(scope, () -> {
            MethodRow row = kept(scope, id);
            return new Asked(row, settings.load(scope.tenant(), row.gatewayId()), pages.of(scope, BACK));
        });
        MethodRow row = asked.row();
        GatewayOutcome<URI> outcome =
                calls.call(row.gatewayId(), configuration.patienceForCalls(), (gateway, deadline) -> {
                    if (!(gateway instanceof CustomerPortal portal)) {
                        throw new GatewayException(Kind.UNSUPPORTED, "the gateway has no pages for payers");
                    }
                    return portal.portal(
                            new CallContext(scope.tenant(), asked.with(), row.mode(), secrets, clock, deadline),
                            row.providerCustomer(),
                            asked.back());
                });
        if (outcome instanceof GatewayOutcome.Answered<URI> answered) {
            if (CheckoutAnswers.goodAddress(answered.value())) {
                return answered.value();
            }
            LOG.warn("the gateway {} leads payers to no https address", row.gatewayId());
            throw noPortal("The gateway gave no https address.");
        }
        LOG.info("no pages of the provider for method {}: {}", id, PurchaseLooks.said(outcome));
        throw refused(scope, outcome);
    }

    private static ProblemException refused(Scope scope, GatewayOutcome<URI> outcome) {
        if (outcome instanceof GatewayOutcome.Absent<URI>) {
            return UsableGateway.unavailable();
        }
        if (outcome instanceof GatewayOutcome.Refused<URI> refused
                && refused.kind() != Kind.NOT_EXECUTED
                && refused.kind() != Kind.RATE_LIMITED) {
            // what a provider calls its objects is not for payers
            return noPortal(
                    scope.customers().isPresent()
                            ? "The provider refuses it."
                            : "The gateway says: " + refused.detail());
        }
        Duration wait = outcome instanceof GatewayOutcome.Refused<URI> busy
                ? busy.retryAfter().orElse(AGAIN)
                : AGAIN;
        return new ProblemException(
                Problem.of(Problems.UNAVAILABLE, "The provider was not reached or did not answer in time.")
                        .with("retryAfter", Math.max(1, wait.toSeconds())));
    }

    private static ProblemException noPortal(String detail) {
        return new ProblemException(PurchasesProblems.NO_PORTAL, detail);
    }
}
