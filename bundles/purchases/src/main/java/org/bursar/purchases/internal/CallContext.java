package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.bursar.database.Secrets;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayContext;

/** What one call of a gateway may use. Secrets are decrypted when the gateway asks for them. */
record CallContext(
        TenantId tenant,
        TenantSettings settings,
        Mode mode,
        Secrets secrets,
        Clock clock,
        Instant deadline,
        CallEnd call)
        implements GatewayContext {
    /** Of the call that is under way on this thread. */
    CallContext(TenantId tenant, TenantSettings settings, Mode mode, Secrets secrets, Clock clock, Instant deadline) {
        this(tenant, settings, mode, secrets, clock, deadline, CallEnd.ofThisThread());
    }

    @Override
    public String tenantId() {
        return tenant.toString();
    }

    @Override
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.values().get(name));
    }

    @Override
    public char[] secret(String name) {
        call.requireUnderWay();
        return settings.secret(secrets, tenant, name)
                .orElseThrow(() -> new IllegalArgumentException("the secret " + name + " is not set"));
    }

    @Override
    public Optional<char[]> previousSecret(String name) {
        call.requireUnderWay();
        return settings.previousSecret(secrets, tenant, name, clock.instant());
    }

    @Override
    public long revision() {
        return settings.revision();
    }

    @Override
    public Optional<URI> apiBase() {
        return settings.apiBase();
    }

    @Override
    public String toString() {
        return "call of " + settings.gateway() + " for " + tenant;
    }
}
