package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.bursar.database.Secrets;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayContext;

/** What one call of a gateway may use. Secrets are decrypted when the gateway asks for them. */
record CallContext(TenantId tenant, TenantSettings settings, Mode mode, Secrets secrets, Clock clock, Instant deadline)
        implements GatewayContext {
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
        return settings.secret(secrets, tenant, name)
                .orElseThrow(() -> new IllegalArgumentException("the secret " + name + " is not set"));
    }

    @Override
    public Optional<char[]> previousSecret(String name) {
        return settings.previousSecret(secrets, tenant, name);
    }

    @Override
    public long revision() {
        return settings.revision();
    }

    @Override
    public Optional<URI> apiBase() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "call of " + settings.gateway() + " for " + tenant;
    }
}
