package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Mends what the generator cannot know of how our JSON is written: ids are TypeID strings, decimals are strings, enum values are
 * lower snake case. Types alone decide, so that no resource has to say it again.
 */
final class OpenApiSpelling {
    private static final Set<String> ID_MEMBERS = Set.of("uuid", "prefix");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");

    private OpenApiSpelling() {}

    /** Mends a document in place. */
    static void mend(JsonNode node) {
        if (node instanceof ObjectNode object) {
            mendId(object);
            mendDecimal(object);
            mendEnum(object);
        }
        node.forEach(OpenApiSpelling::mend);
    }

    private static void mendId(ObjectNode schema) {
        Set<String> members = new HashSet<>();
        schema.path("properties").fieldNames().forEachRemaining(members::add);
        if (members.equals(ID_MEMBERS)) {
            schema.removeAll();
            schema.put("type", "string").put("pattern", "^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$");
        }
    }

    private static void mendDecimal(ObjectNode schema) {
        if (schema.path("type").asText().equals("number")) {
            schema.remove("format");
            schema.put("type", "string").put("pattern", "^-?\\d{1,14}(\\.\\d+)?$");
        }
    }

    private static void mendEnum(ObjectNode schema) {
        if (schema.path("enum") instanceof ArrayNode values) {
            for (int i = 0; i < values.size(); i++) {
                String value = values.get(i).asText();
                if (CONSTANT.matcher(value).matches()) {
                    values.set(i, values.textNode(value.toLowerCase(Locale.ROOT)));
                }
            }
        }
    }
}
