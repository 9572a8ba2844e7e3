package org.bursar.payments.stripe;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.WebhookRequest;

/** What the platform gives to a gateway, for tests. */
final class Calls {
    static final String KEY = "sk_test_harborlight0001";
    static final String SIGNING = "whsec_harborlight0001";
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private Calls() {}

    /** A tenant's call. */
    record Given(
            String tenantId,
            Mode mode,
            Map<String, String> settings,
            Map<String, String> secrets,
            Map<String, String> previous,
            Clock clock,
            Instant deadline,
            Optional<URI> apiBase)
            implements GatewayContext {
        @Override
        public Optional<String> setting(String name) {
            return Optional.ofNullable(settings.get(name));
        }

        @Override
        public char[] secret(String name) {
            if (!secrets.containsKey(name)) {
                throw new IllegalArgumentException(name);
            }
            return secrets.get(name).toCharArray();
        }

        @Override
        public Optional<char[]> previousSecret(String name) {
            return Optional.ofNullable(previous.get(name)).map(String::toCharArray);
        }

        @Override
        public long revision() {
            return 1;
        }

        Given with(String name, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(name, value);
            return new Given(tenantId, mode, more, secrets, previous, clock, deadline, apiBase);
        }

        Given secret(String name, String value) {
            Map<String, String> more = new HashMap<>(secrets);
            more.put(name, value);
            return new Given(tenantId, mode, settings, more, previous, clock, deadline, apiBase);
        }

        Given without(String secret) {
            Map<String, String> fewer = new HashMap<>(secrets);
            fewer.remove(secret);
            return new Given(tenantId, mode, settings, fewer, previous, clock, deadline, apiBase);
        }

        Given previously(String name, String value) {
            return new Given(tenantId, mode, settings, secrets, Map.of(name, value), clock, deadline, apiBase);
        }

        Given mode(Mode other) {
            return new Given(tenantId, other, settings, secrets, previous, clock, deadline, apiBase);
        }

        Given tenant(String other) {
            return new Given(other, mode, settings, secrets, previous, clock, deadline, apiBase);
        }

        Given at(Instant time) {
            Duration left = Duration.between(clock.instant(), deadline);
            return new Given(
                    tenantId,
                    mode,
                    settings,
                    secrets,
                    previous,
                    Clock.fixed(time, ZoneOffset.UTC),
                    time.plus(left),
                    apiBase);
        }

        Given within(Duration time) {
            return new Given(
                    tenantId,
                    mode,
                    settings,
                    secrets,
                    previous,
                    clock,
                    clock.instant().plus(time),
                    apiBase);
        }

        Given to(URI base) {
            return new Given(tenantId, mode, settings, secrets, previous, clock, deadline, Optional.of(base));
        }
    }

    static Given context(URI base) {
        return new Given(
                "ten_1",
                GatewayContext.Mode.TEST,
                Map.of(),
                Map.of(Settings.KEY, KEY, Settings.SIGNING, SIGNING),
                Map.of(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                NOW.plusSeconds(10),
                Optional.of(base));
    }

    /** A checkout. */
    record Asked(
            String purchaseId,
            Money amount,
            Duration expiresIn,
            Optional<Period> interval,
            Optional<String> providerCustomerId,
            boolean saveMethod,
            Locale locale,
            Map<String, String> metadata)
            implements CheckoutRequest {
        @Override
        public String number() {
            return "PUR-10482";
        }

        @Override
        public IdempotencyKey key() {
            return IdempotencyKey.of("ten_1:" + purchaseId + ":checkout:1");
        }

        @Override
        public String title() {
            return "Credit pack $500";
        }

        @Override
        public URI success() {
            return URI.create("https://app.example.com/paid");
        }

        @Override
        public URI cancel() {
            return URI.create("https://app.example.com/left");
        }

        @Override
        public Optional<String> payerEmail() {
            return Optional.of("ada@example.com");
        }

        Asked lasting(Duration time) {
            return new Asked(purchaseId, amount, time, interval, providerCustomerId, saveMethod, locale, metadata);
        }

        Asked of(String customer) {
            return new Asked(
                    purchaseId, amount, expiresIn, interval, Optional.of(customer), saveMethod, locale, metadata);
        }

        Asked each(Period period) {
            return new Asked(
                    purchaseId,
                    amount,
                    expiresIn,
                    Optional.of(period),
                    providerCustomerId,
                    saveMethod,
                    locale,
                    metadata);
        }

        Asked saving() {
            return new Asked(purchaseId, amount, expiresIn, interval, providerCustomerId, true, locale, metadata);
        }

        Asked in(Locale language) {
            return new Asked(
                    purchaseId, amount, expiresIn, interval, providerCustomerId, saveMethod, language, metadata);
        }
    }

    static Asked checkout(String purchaseId) {
        return checkout(purchaseId, Money.of("USD", 45_000));
    }

    static Asked checkout(String purchaseId, Money amount) {
        return new Asked(
                purchaseId,
                amount,
                Duration.ofDays(1),
                Optional.empty(),
                Optional.empty(),
                false,
                Locale.ENGLISH,
                Map.of("customer", "cus_harborlight"));
    }

    /** A webhook. */
    record Came(byte[] body, Map<String, List<String>> headers, Instant receivedAt) implements WebhookRequest {
        @Override
        public String query() {
            return "";
        }

        Came later(Duration time) {
            return new Came(body, headers, receivedAt.plus(time));
        }
    }

    static Came webhook(String body, String signature) {
        return new Came(body.getBytes(StandardCharsets.UTF_8), Map.of("stripe-signature", List.of(signature)), NOW);
    }
}
