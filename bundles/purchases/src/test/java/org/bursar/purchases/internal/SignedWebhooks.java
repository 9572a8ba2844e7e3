package org.bursar.purchases.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.bursar.payments.spi.WebhookRequest;

/** Webhooks of the scripted provider: {@code event|reference|purchase} lines, a word for a signature, five minutes of life. */
final class SignedWebhooks {
    static final String GOOD = "good";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private SignedWebhooks() {}

    static byte[] body(String event, String reference, String purchase) {
        return (event + "|" + reference + "|" + purchase).getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, List<String>> headers(String signature, Instant signedAt) {
        return Map.of("x-signature", List.of(signature), "x-signed-at", List.of(signedAt.toString()));
    }

    static WebhookOutcome read(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        Map<String, List<String>> headers = raw.headers();
        if (!headers.getOrDefault("x-signature", List.of()).equals(List.of(GOOD))) {
            throw new WebhookRejected(Why.BAD_SIGNATURE, "the signature is not ours");
        }
        Instant signedAt = Instant.parse(headers.get("x-signed-at").get(0));
        if (Duration.between(signedAt, context.clock().instant()).abs().compareTo(LIFE) > 0) {
            throw new WebhookRejected(Why.STALE, "signed too long ago");
        }
        String[] parts = new String(raw.body(), StandardCharsets.UTF_8).split("\\|", -1);
        if (parts.length != 3) {
            throw new WebhookRejected(Why.MALFORMED, "three parts");
        }
        List<WebhookOutcome.Hint> hints = new ArrayList<>();
        if (!parts[1].isEmpty()) {
            hints.add(WebhookOutcome.Hint.of(
                    PaymentRef.of("session", parts[1]), Optional.of(parts[2]).filter(text -> !text.isEmpty())));
        }
        return WebhookOutcome.of(parts[0], "payment.changed", hints);
    }
}
