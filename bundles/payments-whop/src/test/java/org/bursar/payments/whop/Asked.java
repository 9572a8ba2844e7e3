package org.bursar.payments.whop;

import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;

/** A purchase to be paid; the same purchase has the same key. */
record Asked(String purchaseId, Money amount, Optional<Period> interval) implements CheckoutRequest {
    Asked(String purchaseId, Money amount) {
        this(purchaseId, amount, Optional.empty());
    }

    @Override
    public String number() {
        return "PUR-10482";
    }

    @Override
    public IdempotencyKey key() {
        return IdempotencyKey.of("key-" + purchaseId);
    }

    @Override
    public String title() {
        return "5,000 credits";
    }

    @Override
    public URI success() {
        return URI.create("https://app.harborlight.example/bought");
    }

    @Override
    public URI cancel() {
        return URI.create("https://app.harborlight.example/buy");
    }

    @Override
    public Optional<String> providerCustomerId() {
        return Optional.empty();
    }

    @Override
    public Optional<String> payerEmail() {
        return Optional.empty();
    }

    @Override
    public Locale locale() {
        return Locale.ENGLISH;
    }

    @Override
    public boolean saveMethod() {
        return false;
    }

    @Override
    public Duration expiresIn() {
        return Duration.ofHours(1);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }
}
