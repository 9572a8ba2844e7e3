package org.bursar.payments.tck;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.SettingsSchema;
import org.jspecify.annotations.Nullable;

/** What one call is given. It writes down which settings the gateway asked for. */
final class TckContext implements GatewayContext {
    /** A call usually has this long. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String tenant;
    private final Mode mode;
    private final Map<String, String> settings;
    private final Map<String, String> previous;
    private final Set<String> secrets;
    private final long revision;
    private final Clock clock;
    private final Instant deadline;
    private final @Nullable URI apiBase;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private TckContext(
            String tenant,
            Mode mode,
            Map<String, String> settings,
            Map<String, String> previous,
            Set<String> secrets,
            long revision,
            Clock clock,
            Instant deadline,
            @Nullable URI apiBase) {
        this.tenant = tenant;
        this.mode = mode;
        this.settings = Map.copyOf(settings);
        this.previous = Map.copyOf(previous);
        this.secrets = Set.copyOf(secrets);
        this.revision = revision;
        this.clock = clock;
        this.deadline = deadline;
        this.apiBase = apiBase;
    }

    static TckContext of(
            String tenant, Mode mode, Map<String, String> settings, SettingsSchema schema, @Nullable URI apiBase) {
        Set<String> secrets = new TreeSet<>();
        for (SettingsSchema.Field field : schema.fields()) {
            if (field.kind() == SettingsSchema.Kind.SECRET) {
                secrets.add(field.name());
            }
        }
        Clock clock = Clock.systemUTC();
        return new TckContext(
                tenant,
                mode,
                settings,
                Map.of(),
                secrets,
                1,
                clock,
                clock.instant().plus(PATIENCE),
                apiBase);
    }

    TckContext withSettings(Map<String, String> next, long nextRevision) {
        return new TckContext(tenant, mode, next, previous, secrets, nextRevision, clock, deadline, apiBase);
    }

    TckContext with(String name, String value) {
        Map<String, String> next = new LinkedHashMap<>(settings);
        next.put(name, value);
        return withSettings(next, revision + 1);
    }

    TckContext without(String name) {
        Map<String, String> next = new LinkedHashMap<>(settings);
        next.remove(name);
        return withSettings(next, revision + 1);
    }

    TckContext withPrevious(String name, String value) {
        return new TckContext(tenant, mode, settings, Map.of(name, value), secrets, revision, clock, deadline, apiBase);
    }

    TckContext withMode(Mode next) {
        return new TckContext(tenant, next, settings, previous, secrets, revision, clock, deadline, apiBase);
    }

    TckContext withClock(Clock next) {
        Instant end = next.instant().plus(PATIENCE);
        return new TckContext(tenant, mode, settings, previous, secrets, revision, next, end, apiBase);
    }

    TckContext within(Duration patience) {
        Instant end = clock.instant().plus(patience);
        return new TckContext(tenant, mode, settings, previous, secrets, revision, clock, end, apiBase);
    }

    TckContext at(URI base) {
        return new TckContext(tenant, mode, settings, previous, secrets, revision, clock, deadline, base);
    }

    /** The names of settings that the gateway asked for. */
    Set<String> asked() {
        return asked;
    }

    @Override
    public String tenantId() {
        return tenant;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public Optional<String> setting(String name) {
        asked.add(name);
        return secrets.contains(name) ? Optional.empty() : Optional.ofNullable(settings.get(name));
    }

    @Override
    public char[] secret(String name) {
        asked.add(name);
        String value = secrets.contains(name) ? settings.get(name) : null;
        if (value == null) {
            throw new IllegalArgumentException("the secret " + name + " is not set");
        }
        return value.toCharArray();
    }

    @Override
    public Optional<char[]> previousSecret(String name) {
        asked.add(name);
        return Optional.ofNullable(previous.get(name)).map(String::toCharArray);
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public Optional<URI> apiBase() {
        return Optional.ofNullable(apiBase);
    }
}
