package org.bursar.payments.whop;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.WebhookRequest;

/** What the platform hands a gateway, for one tenant. */
final class Tenant implements GatewayContext {
    private final URI base;
    Instant now;
    Instant received;
    Duration left = Duration.ofSeconds(10);
    String secret = "ws_3f1c9e5d7b";
    Optional<String> previous = Optional.empty();

    Tenant(URI base, Instant now) {
        this.base = base;
        this.now = now;
        this.received = now;
    }

    record Webhook(byte[] body, Map<String, List<String>> headers, Instant receivedAt) implements WebhookRequest {
        @Override
        public String query() {
            return "";
        }
    }

    @Override
    public String tenantId() {
        return "ten_1";
    }

    @Override
    public Mode mode() {
        return Mode.TEST;
    }

    @Override
    public Optional<String> setting(String name) {
        return name.equals("accountId") ? Optional.of("biz_1") : Optional.empty();
    }

    @Override
    public char[] secret(String name) {
        return (name.equals("apiKey") ? "key-of-1" : secret).toCharArray();
    }

    @Override
    public Optional<char[]> previousSecret(String name) {
        return name.equals("webhookSecret") ? previous.map(String::toCharArray) : Optional.empty();
    }

    @Override
    public long revision() {
        return 1;
    }

    @Override
    public Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    @Override
    public Instant deadline() {
        return now.plus(left);
    }

    @Override
    public Optional<URI> apiBase() {
        return Optional.of(base);
    }
}
