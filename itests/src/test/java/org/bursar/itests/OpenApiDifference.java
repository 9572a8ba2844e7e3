package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/** What an OpenAPI document has lost when a capability is away. */
final class OpenApiDifference {
    private OpenApiDifference() {}

    /** The rest is the whole without the paths below a root and without these schemas, down to the last word. */
    static void without(JsonNode whole, JsonNode rest, String root, Set<String> schemas) {
        ObjectNode expected = whole.deepCopy();
        ObjectNode paths = (ObjectNode) expected.path("paths");
        paths.properties().removeIf(path -> (path.getKey() + "/").startsWith(root + "/"));
        assertNotEquals("the paths were there", whole.path("paths"), paths);
        ((ObjectNode) expected.at("/components/schemas")).remove(schemas);
        assertEquals(names(expected), names(rest));
        assertEquals(expected, rest);
    }

    /** What differs is said in a line before it is said in full. */
    private static Set<String> names(JsonNode document) {
        Set<String> names = new TreeSet<>();
        document.path("paths").fieldNames().forEachRemaining(names::add);
        document.at("/components/schemas").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
