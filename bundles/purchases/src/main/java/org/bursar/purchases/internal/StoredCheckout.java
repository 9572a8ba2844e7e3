package org.bursar.purchases.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;

/** A checkout as it was asked for first, read from where it was stored: the first call and each repetition are equal. */
record StoredCheckout(
        String purchaseId,
        String number,
        IdempotencyKey key,
        Money amount,
        String title,
        URI success,
        URI cancel,
        Optional<String> payerEmail,
        Locale locale,
        Duration expiresIn,
        Map<String, String> metadata,
        boolean saveMethod,
        Optional<String> providerCustomerId,
        Optional<Period> interval)
        implements CheckoutRequest {
    StoredCheckout {
        metadata = Map.copyOf(metadata);
    }

    static StoredCheckout read(String key, String text) {
        JsonNode node = StoredJson.read(text);
        Map<String, String> metadata = new LinkedHashMap<>();
        node.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        return new StoredCheckout(
                node.path("purchaseId").asText(),
                node.path("number").asText(),
                IdempotencyKey.of(key),
                Money.of(node.path("currency").asText(), node.path("minor").asLong()),
                node.path("title").asText(),
                URI.create(node.path("success").asText()),
                URI.create(node.path("cancel").asText()),
                Optional.ofNullable(node.path("payerEmail").textValue()),
                Locale.forLanguageTag(node.path("locale").asText("en")),
                Duration.parse(node.path("expiresIn").asText()),
                metadata,
                node.path("saveMethod").asBoolean(false),
                Optional.ofNullable(node.path("providerCustomerId").textValue()),
                Optional.ofNullable(node.path("interval").textValue()).map(Period::parse));
    }

    String json() {
        ObjectNode node = StoredJson.object()
                .put("purchaseId", purchaseId)
                .put("number", number)
                .put("minor", amount.minor())
                .put("currency", amount.currency())
                .put("title", title)
                .put("success", success.toString())
                .put("cancel", cancel.toString())
                .put("locale", locale.toLanguageTag())
                .put("expiresIn", expiresIn.toString());
        if (saveMethod) {
            node.put("saveMethod", true);
        }
        interval.ifPresent(period -> node.put("interval", period.toString()));
        providerCustomerId.ifPresent(id -> node.put("providerCustomerId", id));
        payerEmail.ifPresent(email -> node.put("payerEmail", email));
        ObjectNode more = node.putObject("metadata");
        metadata.forEach(more::put);
        return node.toString();
    }

    @Override
    public String toString() {
        return number + ' ' + amount;
    }
}
