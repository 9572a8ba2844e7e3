package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code a[b][0][c]=v} into a tree. */
final class Form {
    private Form() {}

    static ObjectNode read(@Nullable String text) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        if (text == null || text.isEmpty()) {
            return tree;
        }
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            put(tree, steps(name), value);
        }
        return tree;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static List<String> steps(String name) {
        List<String> steps = new ArrayList<>();
        for (String step : name.split("\\[")) {
            steps.add(step.endsWith("]") ? step.substring(0, step.length() - 1) : step);
        }
        return steps;
    }

    private static void put(ObjectNode tree, List<String> steps, String value) {
        JsonNode at = tree;
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i);
            boolean last = i == steps.size() - 1;
            boolean list = !last && steps.get(i + 1).matches("[0-9]*");
            if (at instanceof ArrayNode items) {
                int index = step.isEmpty() ? items.size() : Integer.parseInt(step);
                while (items.size() <= index) {
                    items.addNull();
                }
                if (last) {
                    items.set(index, JsonNodeFactory.instance.textNode(value));
                } else if (!items.get(index).isContainerNode()) {
                    items.set(
                            index, list ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode());
                }
                at = items.get(index);
            } else {
                ObjectNode object = (ObjectNode) at;
                if (last) {
                    object.put(step, value);
                } else if (!object.path(step).isContainerNode()) {
                    object.set(
                            step, list ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode());
                }
                at = object.path(step);
            }
        }
    }
}
