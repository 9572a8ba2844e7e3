package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.bursar.payments.spi.GatewayContext;

/** A webhook of a tenant's account that came to the platform's address: the tenant's settings, the platform's secrets. */
record SharedContext(CallContext own, CallContext platforms) implements GatewayContext {
    @Override
    public String tenantId() {
        return own.tenantId();
    }

    @Override
    public Mode mode() {
        return own.mode();
    }

    @Override
    public Optional<String> setting(String name) {
        return own.setting(name);
    }

    @Override
    public char[] secret(String name) {
        return platforms.secret(name);
    }

    @Override
    public Optional<char[]> previousSecret(String name) {
        return platforms.previousSecret(name);
    }

    @Override
    public long revision() {
        return own.revision();
    }

    @Override
    public Clock clock() {
        return own.clock();
    }

    @Override
    public Instant deadline() {
        return own.deadline();
    }

    @Override
    public Optional<URI> apiBase() {
        return own.apiBase();
    }

    @Override
    public String toString() {
        return own + " at the platform's address";
    }
}
