package org.bursar.payments.tck;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bursar.payments.spi.WebhookRequest;

/** A webhook as the platform stored it. */
@SuppressWarnings("ArrayRecordComponent")
record TckWebhook(byte[] body, Map<String, List<String>> headers, Instant receivedAt) implements WebhookRequest {
    @Override
    public String query() {
        return "";
    }

    TckWebhook withBody(byte[] other) {
        return new TckWebhook(other, headers, receivedAt);
    }

    TckWebhook withHeader(String name, List<String> values) {
        Map<String, List<String>> next = new LinkedHashMap<>(headers);
        next.put(name, values);
        return new TckWebhook(body, next, receivedAt);
    }

    TckWebhook withoutHeader(String name) {
        Map<String, List<String>> next = new LinkedHashMap<>(headers);
        next.remove(name);
        return new TckWebhook(body, next, receivedAt);
    }

    TckWebhook receivedAt(Instant instant) {
        return new TckWebhook(body, headers, instant);
    }
}
