package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** An object as it leaves: without what only we know of it, and with what was asked to be shown in full. */
final class Shown {
    private Shown() {}

    static JsonNode of(StripeAccount account, ObjectNode object, JsonNode expand) {
        ObjectNode shown = object.deepCopy();
        for (JsonNode path : expand) {
            expand(account, shown, List.of(path.asText().split("\\.")));
        }
        tidy(shown);
        return shown;
    }

    private static void expand(StripeAccount account, ObjectNode object, List<String> path) {
        String name = path.get(0);
        if (name.equals("payments")) {
            if (object.has("_payments")) {
                object.set("payments", object.path("_payments").deepCopy());
            }
            return;
        }
        JsonNode value = object.path(name);
        if (value.isTextual()) {
            account.find(value.asText()).ifPresent(whole -> object.set(name, whole.deepCopy()));
        }
        if (path.size() > 1 && object.path(name) instanceof ObjectNode inner) {
            expand(account, inner, path.subList(1, path.size()));
        }
    }

    private static void tidy(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> ours = object.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> name.startsWith("_"))
                    .toList();
            object.remove(ours);
            object.properties().forEach(pair -> tidy(pair.getValue()));
        } else if (node instanceof ArrayNode items) {
            items.forEach(Shown::tidy);
        }
    }
}
