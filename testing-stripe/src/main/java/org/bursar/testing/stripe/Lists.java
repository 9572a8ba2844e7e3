package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pages of lists as Stripe gives them: newest first, behind an object or before one. */
final class Lists {
    private static final int MOST_TYPES = 20;
    private static final int MOST = 100;
    private static final int USUAL = 10;

    private Lists() {}

    /** The page that a form asks for, of objects that are given oldest first. */
    static ObjectNode page(ObjectNode form, List<ObjectNode> found) {
        int limit = limit(form);
        List<ObjectNode> newest = new ArrayList<>(found);
        Collections.reverse(newest);
        String before = form.path("ending_before").asText();
        if (!before.isEmpty()) {
            return before(newest, before, limit);
        }
        long from = form.path("created").path("gte").asLong(0);
        newest.removeIf(object -> object.path("created").asLong() < from);
        String after = form.path("starting_after").asText();
        if (!after.isEmpty()) {
            int at = 0;
            while (at < newest.size() && !newest.get(at).path("id").asText().equals(after)) {
                at++;
            }
            newest = at < newest.size() ? newest.subList(at + 1, newest.size()) : List.of();
        }
        return list(newest.subList(0, Math.min(limit, newest.size())), newest.size() > limit);
    }

    /** Those that are just newer than an object; the object need not be of the list, but Stripe must know it. */
    private static ObjectNode before(List<ObjectNode> newest, String before, int limit) {
        if (before.endsWith("forgotten")) {
            throw StripeError.missing("ending_before", before);
        }
        // ids sort by age
        List<ObjectNode> newer = newest.stream()
                .filter(object -> object.path("id").asText().compareTo(before) > 0)
                .toList();
        return list(newer.subList(Math.max(0, newer.size() - limit), newer.size()), newer.size() > limit);
    }

    private static int limit(ObjectNode form) {
        String text = form.path("limit").asText();
        int limit = text.isEmpty() ? USUAL : Integer.parseInt(text);
        if (limit < 1 || limit > MOST) {
            throw StripeError.invalid("parameter_invalid_integer", "limit", "limit must be 1 to 100");
        }
        return limit;
    }

    private static ObjectNode list(List<ObjectNode> objects, boolean more) {
        ObjectNode list = JsonNodeFactory.instance
                .objectNode()
                .put("object", "list")
                .put("url", "/v1/list")
                .put("has_more", more);
        ArrayNode data = list.putArray("data");
        objects.forEach(data::add);
        return list;
    }

    /** The events of the types that a form asks for. */
    static List<ObjectNode> asked(ObjectNode form, List<ObjectNode> events) {
        JsonNode types = form.path("types");
        if (types.size() > MOST_TYPES) {
            throw StripeError.invalid("", "types", "You may pass at most 20 types");
        }
        return events.stream()
                .filter(event ->
                        types.isEmpty() || named(types, event.path("type").asText()))
                .toList();
    }

    private static boolean named(JsonNode types, String type) {
        for (JsonNode one : types) {
            if (one.asText().equals(type)) {
                return true;
            }
        }
        return false;
    }
}
