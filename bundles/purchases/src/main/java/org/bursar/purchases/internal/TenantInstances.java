package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.Audit;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.SharedEndpoint;
import org.bursar.payments.spi.WebhookRegistration;
import org.bursar.purchases.GatewayHealth;
import org.bursar.purchases.GatewayHealth.Code;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.GatewayInstances;
import org.bursar.purchases.Gateways;
import org.bursar.purchases.HealthDay;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.SettingValue;
import org.bursar.purchases.WaitingWebhooks;
import org.bursar.purchases.WebhookAddress;
import org.bursar.purchases.internal.sql.AddressRow;
import org.bursar.purchases.internal.sql.InboxMapper;
import org.bursar.purchases.internal.sql.InstanceMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Webhook addresses and health of the gateways that tenants have set up. */
@Component(service = GatewayInstances.class)
public final class TenantInstances implements GatewayInstances {
    private static final Duration OLD_ADDRESS_LIVES = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** It may list the endpoints that are there, and make another. */
    private static final Duration REGISTRATION = Duration.ofSeconds(10);

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int LONGEST_MESSAGE = 500;

    private final Database database;
    private final Secrets secrets;
    private final Audit audit;
    private final Gateways gateways;
    private final SettingsStore settings;
    private final GatewayCalls calls;
    private final WebhookAddresses addresses;
    private final Clock clock;
    private final InstanceMapper mapper;
    private final InboxMapper inbox;

    @Activate
    public TenantInstances(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Audit audit,
            @Reference Gateways gateways,
            @Reference SettingsStore settings,
            @Reference GatewayCalls calls,
            @Reference WebhookAddresses addresses,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.audit = audit;
        this.gateways = gateways;
        this.settings = settings;
        this.calls = calls;
        this.addresses = addresses;
        this.clock = clock;
        mapper = database.mapper("purchases", InstanceMapper.class);
        inbox = database.mapper("purchases", InboxMapper.class);
    }

    @Override
    public Optional<WebhookAddress> webhook(Scope scope, String gateway) {
        GatewayInfo info = gateways.get(scope, gateway);
        if (info.manual() || scope.customers().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(database.transact(scope, () -> address(scope, gateway)));
    }

    private WebhookAddress address(Scope scope, String gateway) {
        AddressRow row = mapper.address(scope.tenant(), gateway).orElseGet(() -> new AddressRow(gateway, 1, null));
        Instant until = row.addressBeforeUntil();
        boolean over = until == null || !clock.instant().isBefore(until);
        return new WebhookAddress(addresses.url(scope.tenant(), gateway, row.addressNumber()), over ? null : until);
    }

    @Override
    public WebhookAddress rotate(Scope scope, String gateway) {
        scope.requireWholeTenant();
        GatewayInfo info = gateways.get(scope, gateway);
        if (info.manual()) {
            throw new ProblemException(PurchasesProblems.NO_WEBHOOKS, PurchasesProblems.NO_WEBHOOKS.cure());
        }
        return database.transact(scope, () -> {
            Instant now = clock.instant();
            String by = scope.actor().id();
            settings.mapper().ensure(scope.tenant(), gateway, 0, by, now);
            Instant until = now.plus(OLD_ADDRESS_LIVES);
            mapper.rotate(scope.tenant(), gateway, until, by, now);
            audit.record(
                    scope,
                    "gateway.webhook_address",
                    gateway,
                    Optional.empty(),
                    null,
                    Map.of("address", "changed", "previousUntil", until.toString()));
            return address(scope, gateway);
        });
    }

    @Override
    public void planRegistration(Scope scope, String gateway) {
        scope.requireWholeTenant();
        if (gateways.get(scope, gateway).manual()) {
            throw new ProblemException(PurchasesProblems.NO_WEBHOOKS, PurchasesProblems.NO_WEBHOOKS.cure());
        }
        database.run(scope, () -> {
            if (settings.load(scope.tenant(), gateway).values().containsKey(SharedEndpoint.ACCOUNT)) {
                throw notRegistered("The webhooks of this account come to the platform's own address.");
            }
            audit.record(scope, "gateway.webhook_register", gateway, Optional.empty(), null, null);
        });
    }

    @Override
    public WebhookAddress register(Scope scope, String gateway) {
        scope.requireWholeTenant();
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        WebhookAddress address = database.transact(scope, () -> address(scope, gateway));
        TenantSettings with = database.transact(scope, () -> settings.load(scope.tenant(), gateway));
        GatewayOutcome<Optional<Map<String, String>>> outcome = calls.call(
                gateway,
                REGISTRATION,
                (service, deadline) -> service instanceof WebhookRegistration registration
                        ? Optional.of(Map.copyOf(registration.ensureWebhook(
                                new CallContext(scope.tenant(), with, with.mode(), secrets, clock, deadline),
                                address.url())))
                        : Optional.empty());
        if (outcome instanceof GatewayOutcome.Absent<?>) {
            throw UsableGateway.unavailable();
        }
        if (!(outcome instanceof GatewayOutcome.Answered<Optional<Map<String, String>>> answered)) {
            throw notRegistered(shortened(PurchaseLooks.said(outcome)));
        }
        keep(
                scope,
                with,
                answered.value().orElseThrow(() -> notRegistered("The gateway cannot register addresses by itself.")));
        return address;
    }

    /** The rest of the settings stays as it was read: who changed it meanwhile is not overwritten. */
    private void keep(Scope scope, TenantSettings with, Map<String, String> given) {
        if (given.isEmpty()) {
            return;
        }
        Map<String, SettingValue> values = new LinkedHashMap<>();
        with.values().forEach((name, value) -> values.put(name, new SettingValue.Text(value)));
        given.forEach((name, value) -> values.put(name, new SettingValue.Text(value)));
        try {
            gateways.put(scope, with.gateway(), values, OptionalLong.of(with.revision()));
        } catch (ProblemException e) {
            if (e.problem().code().equals(Problems.INVALID)) {
                throw notRegistered("The gateway gave settings that its own form does not take.");
            }
            throw e;
        }
    }

    private static ProblemException notRegistered(String detail) {
        return new ProblemException(PurchasesProblems.WEBHOOK_NOT_REGISTERED, detail);
    }

    @Override
    public GatewayHealth health(Scope scope, String gateway) {
        scope.requireWholeTenant();
        if (database.inTransaction()) {
            throw new IllegalStateException("a gateway is not called inside a transaction");
        }
        GatewayInfo info = gateways.get(scope, gateway);
        Optional<GatewayHealth> last = database.transact(scope, () -> mapper.health(scope.tenant(), gateway));
        Instant now = clock.instant();
        if (last.isPresent() && now.isBefore(last.get().checkedAt().plus(FRESH))) {
            return last.get();
        }
        TenantSettings with = database.transact(scope, () -> settings.load(scope.tenant(), gateway));
        Answer answer = info.configured() || info.state() == GatewayInfo.State.ABSENT || with.schemaVersion() != 0
                ? ask(scope, with)
                : new Answer(Code.MISCONFIGURED, "Its required settings are missing.");
        return database.transact(scope, () -> {
            Instant told = clock.instant();
            mapper.healthIs(scope.tenant(), gateway, answer.code(), answer.message(), told);
            mapper.checked(scope.tenant(), gateway, day(told), answer.code() == Code.UP ? 1 : 0);
            return mapper.health(scope.tenant(), gateway).orElseThrow(Problems::notFound);
        });
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    @Override
    public List<HealthDay> days(Scope scope, String gateway) {
        scope.requireWholeTenant();
        gateways.get(scope, gateway);
        LocalDate first = day(clock.instant()).minusDays(HEALTH_DAYS - 1L);
        return database.transact(scope, () -> mapper.healthDays(scope.tenant(), gateway, first));
    }

    @Override
    public WaitingWebhooks waiting(Scope scope, String gateway) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> inbox.waitingOf(scope.tenant(), gateway));
    }

    private record Answer(Code code, String message) {}

    private Answer ask(Scope scope, TenantSettings with) {
        GatewayOutcome<Health> outcome = calls.call(
                with.gateway(),
                PATIENCE,
                (gateway, deadline) ->
                        gateway.health(new CallContext(scope.tenant(), with, with.mode(), secrets, clock, deadline)));
        if (outcome instanceof GatewayOutcome.Answered<Health> answered) {
            return new Answer(code(answered.value()), shortened(answered.value().message()));
        }
        if (outcome instanceof GatewayOutcome.Absent<Health>) {
            return new Answer(Code.ABSENT, "No bundle offers this gateway at the moment.");
        }
        return new Answer(Code.UNKNOWN, shortened(PurchaseLooks.said(outcome)));
    }

    private static Code code(Health health) {
        return switch (health.code()) {
            case UP -> Code.UP;
            case DEGRADED -> Code.DEGRADED;
            case DOWN -> Code.DOWN;
            case MISCONFIGURED -> Code.MISCONFIGURED;
            // a code of a later version of the SPI tells nothing here
            default -> Code.UNKNOWN;
        };
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE);
    }
}
