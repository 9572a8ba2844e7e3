package org.bursar.payments.tck;

import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;

/** A purchase that is to be paid. */
record TckRequest(
        String purchaseId,
        String number,
        IdempotencyKey key,
        Money amount,
        Optional<Period> interval,
        boolean saveMethod)
        implements CheckoutRequest {
    static TckRequest of(String purchaseId, Money amount) {
        return new TckRequest(
                purchaseId,
                "PUR-" + (10_000 + Math.floorMod(purchaseId.hashCode(), 90_000)),
                IdempotencyKey.of("tck:" + purchaseId + ":checkout:1"),
                amount,
                Optional.empty(),
                false);
    }

    TckRequest every(Period period) {
        return new TckRequest(purchaseId, number, key, amount, Optional.of(period), saveMethod);
    }

    @Override
    public String title() {
        return "Credit pack";
    }

    @Override
    public URI success() {
        return URI.create("https://tenant.example/purchases/" + purchaseId + "/thanks");
    }

    @Override
    public URI cancel() {
        return URI.create("https://tenant.example/purchases/" + purchaseId);
    }

    @Override
    public Optional<String> providerCustomerId() {
        return Optional.empty();
    }

    @Override
    public Optional<String> payerEmail() {
        return Optional.of("payer@customer.example");
    }

    @Override
    public Locale locale() {
        return Locale.ENGLISH;
    }

    @Override
    public Duration expiresIn() {
        return Duration.ofHours(2);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of("tenant", "tck");
    }
}
