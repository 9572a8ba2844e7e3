package org.bursar.webhooks.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.bursar.kernel.Decimals;
import org.bursar.webhooks.Announcement;
import org.jspecify.annotations.Nullable;

/** What is sent: {@code {"type", "timestamp", "data"}}, as Standard Webhooks recommends. Trees only: no classes are bound. */
final class Payloads {
    private Payloads() {}

    static String of(Announcement announcement, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", announcement.type());
        node.put("timestamp", now.toString());
        ObjectNode data = node.putObject("data");
        announcement.customer().ifPresent(customer -> data.put("customer", customer.toString()));
        announcement.data().forEach((name, value) -> put(data, name, value));
        return node.toString();
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value == null) {
            node.putNull(name);
        } else if (value instanceof BigDecimal decimal) {
            node.put(name, Decimals.text(decimal));
        } else if (value instanceof Integer || value instanceof Long) {
            node.put(name, ((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            node.put(name, flag);
        } else if (value instanceof Enum<?> word) {
            node.put(name, word.name().toLowerCase(Locale.ROOT));
        } else {
            node.put(name, value.toString());
        }
    }
}
