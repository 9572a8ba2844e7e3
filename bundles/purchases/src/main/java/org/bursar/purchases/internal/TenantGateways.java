package org.bursar.purchases.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.Audit;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Kind;
import org.bursar.payments.spi.SharedEndpoint;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.GatewayInfo.State;
import org.bursar.purchases.GatewaySettingsView;
import org.bursar.purchases.Gateways;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.SettingValue;
import org.bursar.purchases.internal.GatewayDirectory.Known;
import org.bursar.purchases.internal.GatewayServices.Registered;
import org.bursar.purchases.internal.sql.GatewayMapper;
import org.bursar.purchases.internal.sql.SettingsRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The gateways that are registered, with what a tenant has set for them. */
@Component(service = Gateways.class)
public final class TenantGateways implements Gateways {
    /** How long what was signed with a secret that was replaced is believed; providers give a day at most. */
    private static final Duration PREVIOUS_LIVES = Duration.ofDays(1);

    private static final int LEAST_FOR_LAST4 = 12;
    private static final String ENGLISH = "en";

    private final Database database;
    private final Secrets secrets;
    private final Audit audit;
    private final TenantClocks clocks;
    private final GatewayDirectory directory;
    private final SettingsStore store;
    private final PlatformGateways platform;
    private final SharedAccounts accounts;

    @Activate
    public TenantGateways(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Audit audit,
            @Reference TenantClocks clocks,
            @Reference GatewayDirectory directory,
            @Reference SettingsStore store,
            @Reference PlatformGateways platform,
            @Reference SharedAccounts accounts) {
        this.database = database;
        this.secrets = secrets;
        this.audit = audit;
        this.clocks = clocks;
        this.directory = directory;
        this.store = store;
        this.platform = platform;
        this.accounts = accounts;
    }

    @Override
    public List<GatewayInfo> list(Scope scope) {
        Map<Registered, Optional<Known>> registered = directory.all();
        Map<String, GatewayInfo> byId = new TreeMap<>();
        database.run(scope, () -> {
            for (SettingsRow row : store.mapper().all(scope.tenant())) {
                byId.put(row.gatewayId(), absent(store.settings(scope.tenant(), row)));
            }
            registered.forEach((registration, known) -> byId.put(
                    registration.id(), info(registration, known, store.load(scope.tenant(), registration.id()))));
        });
        return List.copyOf(byId.values());
    }

    @Override
    public GatewayInfo get(Scope scope, String id) {
        Optional<Registered> registered = directory.registered(id);
        Optional<Known> known = registered.flatMap(directory::ask);
        return database.transact(scope, () -> {
            TenantSettings settings = store.load(scope.tenant(), id);
            if (registered.isPresent()) {
                return info(registered.get(), known, settings);
            }
            if (store.mapper().find(scope.tenant(), id).isEmpty()) {
                throw Problems.notFound();
            }
            return absent(settings);
        });
    }

    private static GatewayInfo absent(TenantSettings settings) {
        return bare(settings, State.ABSENT, "", "no bundle offers this gateway at the moment");
    }

    private static GatewayInfo bare(TenantSettings settings, State state, String version, String reason) {
        return new GatewayInfo(
                settings.gateway(),
                settings.gateway(),
                state,
                false,
                settings.enabled(),
                settings.mode() == Mode.LIVE,
                false,
                false,
                false,
                null,
                null,
                false,
                version,
                Set.of(),
                List.of(),
                reason,
                settings.revision());
    }

    private GatewayInfo info(Registered registered, Optional<Known> told, TenantSettings settings) {
        Optional<Instant> draining = directory.pausedSince(registered.id());
        if (told.isEmpty() && draining.isPresent()) {
            return bare(settings, State.DRAINING, registered.version(), replaced(draining.get()));
        }
        if (told.isEmpty()) {
            return bare(settings, State.FAILED, registered.version(), "the gateway does not tell what it is");
        }
        Known known = told.get();
        GatewayDescriptor descriptor = known.descriptor();
        boolean outdated = settings.outdated(descriptor.settings());
        return new GatewayInfo(
                descriptor.id(),
                descriptor.names().getOrDefault(ENGLISH, descriptor.id()),
                draining.isPresent() ? State.DRAINING : outdated ? State.NEEDS_CONFIG : State.ACTIVE,
                settings.complete(descriptor.settings()) && !outdated,
                settings.enabled(),
                settings.mode() == Mode.LIVE,
                known.manual(),
                known.savesMethods(),
                known.collectsPlans(),
                known.monthDays(),
                known.yearDays(),
                known.registersWebhooks(),
                registered.version(),
                descriptor.currencies(),
                descriptor.settings().fields().stream()
                        .map(TenantGateways::field)
                        .toList(),
                draining.map(TenantGateways::replaced)
                        .orElse(outdated ? "a new version of the gateway asks for other settings" : null),
                settings.revision());
    }

    private static String replaced(Instant since) {
        return "it is being replaced since " + since.truncatedTo(ChronoUnit.SECONDS) + "; no checkouts begin meanwhile";
    }

    private static GatewayInfo.Field field(SettingsSchema.Field field) {
        return new GatewayInfo.Field(
                field.name(),
                field.kind().name().toLowerCase(Locale.ROOT),
                field.required(),
                field.labels().getOrDefault(ENGLISH, field.name()),
                field.help().get(ENGLISH),
                field.pattern().map(java.util.regex.Pattern::pattern).orElse(null),
                field.choices());
    }

    @Override
    public List<GatewayBundle> bundles() {
        return platform.bundles();
    }

    @Override
    public GatewaySettingsView settings(Scope scope, String id) {
        scope.requireWholeTenant();
        GatewayInfo info = get(scope, id);
        return database.transact(scope, () -> view(scope, info, store.load(scope.tenant(), id)));
    }

    /** Settings of an absent gateway are shown by their stored names, since nobody tells the schema. */
    private GatewaySettingsView view(Scope scope, GatewayInfo info, TenantSettings settings) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Map<String, GatewaySettingsView.SecretView> shown = new LinkedHashMap<>();
        if (info.fields().isEmpty()) {
            values.putAll(settings.values());
            settings.sealed().keySet().forEach(name -> shown.put(name, secret(scope, settings, name)));
        }
        for (GatewayInfo.Field field : info.fields()) {
            if (field.kind().equals(Kind.SECRET.name().toLowerCase(Locale.ROOT))) {
                shown.put(field.name(), secret(scope, settings, field.name()));
            } else {
                values.put(field.name(), typed(field, settings.values().get(field.name())));
            }
        }
        return new GatewaySettingsView(info.id(), values, shown, settings.revision());
    }

    private static @Nullable Object typed(GatewayInfo.Field field, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (field.kind()) {
            case "boolean" -> Boolean.valueOf(value);
            case "integer" -> Long.valueOf(value);
            default -> value;
        };
    }

    private GatewaySettingsView.SecretView secret(Scope scope, TenantSettings settings, String name) {
        return settings.secret(secrets, scope.tenant(), name)
                .map(plain -> new GatewaySettingsView.SecretView(
                        true, plain.length < LEAST_FOR_LAST4 ? null : new String(plain, plain.length - 4, 4)))
                .orElseGet(() -> new GatewaySettingsView.SecretView(false, null));
    }

    @Override
    public GatewaySettingsView put(Scope scope, String id, Map<String, SettingValue> values, OptionalLong revision) {
        return put(scope, id, values, revision, accounts::require);
    }

    @Override
    public GatewaySettingsView assign(Scope scope, String id, Map<String, SettingValue> values, OptionalLong revision) {
        return put(
                scope,
                id,
                values,
                revision,
                (tenant, gateway, present, wanted) -> accounts.assign(tenant, gateway, wanted));
    }

    /** What is to be seen to when settings of a shared endpoint's gateway name an account. */
    private interface AccountRule {
        void hold(Scope scope, String gateway, @Nullable String present, @Nullable String wanted);
    }

    private GatewaySettingsView put(
            Scope scope, String id, Map<String, SettingValue> values, OptionalLong revision, AccountRule rule) {
        scope.requireWholeTenant();
        GatewayInfo info = get(scope, id);
        SettingsSchema schema = directory
                .find(id)
                .orElseThrow(() -> new ProblemException(
                        PurchasesProblems.GATEWAY_UNAVAILABLE, "Its settings can be changed once it is back."))
                .descriptor()
                .settings();
        boolean shared = accounts.shared(id);
        return database.transact(scope, () -> {
            TenantSettings before = locked(scope, id, schema, revision);
            SettingsCheck.Wanted wanted =
                    SettingsCheck.check(schema, values, before.sealed().keySet());
            String by = scope.actor().id();
            GatewayMapper mapper = store.mapper();
            mapper.store(
                    scope.tenant(),
                    id,
                    StoredJson.ofTexts(wanted.values()),
                    schema.version(),
                    by,
                    clocks.wall().instant());
            for (SettingsSchema.Field field : schema.fields()) {
                String secret = wanted.newSecrets().get(field.name());
                if (secret != null) {
                    byte[] sealed = sealed(scope.tenant(), id, field.name(), secret);
                    mapper.putSecret(
                            scope.tenant(),
                            id,
                            field.name(),
                            sealed,
                            field.rotates(),
                            clocks.wall().instant().plus(PREVIOUS_LIVES),
                            clocks.wall().instant());
                }
            }
            if (shared) {
                rule.hold(
                        scope,
                        id,
                        before.values().get(SharedEndpoint.ACCOUNT),
                        wanted.values().get(SharedEndpoint.ACCOUNT));
            }
            wanted.removedSecrets().forEach(name -> mapper.removeSecret(scope.tenant(), id, name));
            TenantSettings after = store.load(scope.tenant(), id);
            audit.record(
                    scope,
                    "gateway.settings",
                    id,
                    Optional.empty(),
                    before.values(),
                    audited(after, wanted.newSecrets().keySet()));
            return view(scope, info, after);
        });
    }

    /** Under the tenant's key, which the first secret makes. */
    private byte[] sealed(TenantId tenant, String gateway, String field, String secret) {
        GatewayMapper mapper = store.mapper();
        SecretEnvelope envelope = new SecretEnvelope(secrets);
        if (mapper.key(tenant).isEmpty()) {
            mapper.keepKey(tenant, envelope.newKey(tenant), clocks.wall().instant());
        }
        // read again: another transaction may have been first
        byte[] key = mapper.key(tenant).orElseThrow().wrapped();
        return envelope.seal(tenant, key, gateway, field, secret.getBytes(StandardCharsets.UTF_8));
    }

    /** A secret's change is told, the secret is not. */
    private static Map<String, Object> audited(TenantSettings after, Set<String> changedSecrets) {
        Map<String, Object> shown = new LinkedHashMap<>(after.values());
        changedSecrets.forEach(name -> shown.put(name, "changed"));
        return shown;
    }

    private TenantSettings locked(Scope scope, String id, SettingsSchema schema, OptionalLong revision) {
        GatewayMapper mapper = store.mapper();
        mapper.ensure(
                scope.tenant(),
                id,
                schema.version(),
                scope.actor().id(),
                clocks.wall().instant());
        TenantSettings settings = mapper.lock(scope.tenant(), id)
                .map(row -> store.settings(scope.tenant(), row))
                .orElseThrow(Problems::notFound);
        if (revision.isPresent() && revision.getAsLong() != settings.revision()) {
            throw new ProblemException(Problems.STALE, Problems.STALE.cure());
        }
        return settings;
    }

    @Override
    public GatewayInfo change(
            Scope scope, String id, Optional<Boolean> enabled, Optional<Boolean> live, OptionalLong revision) {
        scope.requireWholeTenant();
        get(scope, id);
        if (live.orElse(false) && clocks.sandbox(scope.tenant())) {
            throw new ProblemException(
                    PurchasesProblems.SANDBOX_TAKES_NO_MONEY, "In a sandbox every gateway stays in its test mode.");
        }
        SettingsSchema schema = directory
                .find(id)
                .map(known -> known.descriptor().settings())
                .orElseGet(() -> SettingsSchema.builder(1).build());
        database.run(scope, () -> {
            TenantSettings before = locked(scope, id, schema, revision);
            boolean on = enabled.orElse(before.enabled());
            Mode mode = live.map(real -> real ? Mode.LIVE : Mode.TEST).orElse(before.mode());
            store.mapper()
                    .change(
                            scope.tenant(),
                            id,
                            on,
                            mode,
                            scope.actor().id(),
                            clocks.wall().instant());
            audit.record(
                    scope,
                    "gateway.change",
                    id,
                    Optional.empty(),
                    Map.of("enabled", before.enabled(), "mode", before.mode()),
                    Map.of("enabled", on, "mode", mode));
        });
        return get(scope, id);
    }
}
