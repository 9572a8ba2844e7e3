package org.bursar.purchases.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bursar.database.Secrets;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.WebhookRequest;
import org.bursar.purchases.internal.sql.InboxRow;

/**
 * A webhook as it is stored: body and headers each sealed for the tenant, since a header may hold a password and a body a payer's
 * name. Each has a key of its own, derived for its id.
 */
record SealedWebhook(byte[] body, byte[] head) {
    private static final String BODY = "webhook body ";
    private static final String HEAD = "webhook head ";
    private static final String HASH = "webhook body";

    static SealedWebhook seal(
            Secrets secrets, TenantId tenant, UUID id, byte[] body, Map<String, List<String>> headers, String query) {
        ObjectNode head = StoredJson.object().put("query", query);
        ObjectNode named = head.putObject("headers");
        headers.forEach((name, values) -> values.forEach(named.withArray("/" + pointer(name))::add));
        return new SealedWebhook(
                secrets.seal(tenant, BODY + id, body),
                secrets.seal(tenant, HEAD + id, head.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String pointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** By which the same body is known again, without a hash that others could compute. */
    static byte[] hash(Secrets secrets, byte[] body) {
        return secrets.mac(HASH, body);
    }

    static Raw open(Secrets secrets, TenantId tenant, InboxRow row) {
        JsonNode head = StoredJson.read(
                new String(secrets.open(tenant, HEAD + row.inboxId(), row.head()), StandardCharsets.UTF_8));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        head.path("headers").properties().forEach(field -> {
            List<String> values = new ArrayList<>();
            field.getValue().forEach(value -> values.add(value.asText()));
            headers.put(field.getKey(), List.copyOf(values));
        });
        return new Raw(
                secrets.open(tenant, BODY + row.inboxId(), row.body()),
                Map.copyOf(headers),
                head.path("query").asText(),
                row.receivedAt());
    }

    /** As the gateway sees it; each reader gets the bytes for itself. */
    record Raw(byte[] body, Map<String, List<String>> headers, String query, Instant receivedAt)
            implements WebhookRequest {
        @Override
        public byte[] body() {
            return body.clone();
        }

        @Override
        public String toString() {
            return "webhook of " + receivedAt;
        }
    }
}
