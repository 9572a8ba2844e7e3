package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/** What an OpenAPI document has lost when a capability is away. */
final class OpenApiDifference {
    private static final String SCHEMAS = "/components/schemas";

    private OpenApiDifference() {}

    /**
     * The rest is the whole without these paths and without the schemas that only they use, down to the last word; a tag that
     * only they have goes with their operations.
     */
    static void without(JsonNode whole, JsonNode rest, Set<String> gone) {
        ObjectNode expected = whole.deepCopy();
        ObjectNode paths = (ObjectNode) expected.path("paths");
        paths.properties()
                .removeIf(path -> gone.stream()
                        .anyMatch(root ->
                                path.getKey().equals(root) || path.getKey().startsWith(root + "/")));
        assertFalse("something is gone", paths.equals(whole.path("paths")));
        Set<String> before = references(whole);
        Set<String> used = references(expected);
        ((ObjectNode) expected.at(SCHEMAS))
                .properties()
                .removeIf(schema -> before.contains(schema.getKey()) && !used.contains(schema.getKey()));
        assertEquals(expected, rest);
    }

    /** The schemas that the paths use, or that those use in turn. */
    private static Set<String> references(JsonNode document) {
        Set<String> known = new TreeSet<>();
        collect(document, document.path("paths"), known);
        return known;
    }

    private static void collect(JsonNode document, JsonNode from, Set<String> known) {
        for (JsonNode reference : from.findValues("$ref")) {
            String name = reference.asText().substring(reference.asText().lastIndexOf('/') + 1);
            if (known.add(name)) {
                collect(document, document.at(SCHEMAS + "/" + name), known);
            }
        }
    }
}
