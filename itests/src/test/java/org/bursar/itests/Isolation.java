package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bursar.itests.Http.Answer;

/** Tries every operation of the OpenAPI document with another tenant's key, and as nobody. */
final class Isolation {
    /** Which thing a path parameter stands for, by the segment before it. */
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("access", "customer"),
            Map.entry("api-keys", "api-key"),
            Map.entry("audit-entries", "audit-entry"),
            Map.entry("customers", "customer"),
            Map.entry("domains", "domain"),
            Map.entry("entries", "seq"),
            Map.entry("holds", "hold"),
            Map.entry("messages", "message"),
            Map.entry("meters", "meter"),
            Map.entry("packages", "package"),
            Map.entry("permission-sets", "permission-set"),
            Map.entry("plans", "plan"),
            Map.entry("purchases", "purchase"),
            Map.entry("subscriptions", "customer"),
            Map.entry("threads", "thread"),
            Map.entry("usage", "customer"),
            Map.entry("users", "user"),
            Map.entry("versions", "version"),
            Map.entry("wallets", "customer"),
            Map.entry("workspaces", "workspace"));

    /** Paths whose parameter is not a tenant's thing: gateways are the platform's, tokens are secrets, tenants the platform's. */
    private static final List<String> OTHERWISE = List.of("/gateways/", "/one-time-links/", "/tenants/", "/webhooks/");

    private static final List<String> FOR_ANYBODY = List.of("POST /sessions", "POST /password-resets");

    private String filled(String template, boolean absent) {
        StringBuilder path = new StringBuilder("/api/v1");
        String before = "";
        for (String segment : template.substring(1).split("/")) {
            String value = segment;
            if (segment.startsWith("{")) {
                String name = PARAMETERS.get(before);
                assertNotNull(template + " is not covered: what does " + segment + " stand for?", name);
                value = name.equals("seq") || name.equals("version") ? "1" : known.get(name);
                if (absent) {
                    value = value.replaceFirst("_[0-9a-z]{26}$", "_01h2xcejqtf2nbrexx3vqjhp41");
                }
            }
            path.append('/').append(value);
            before = segment;
        }
        return path.toString();
    }

    private final Map<String, String> known;
    private final Http anybody;
    private final Http other;

    /** The ids of one tenant's things by their names, somebody without a key, and another tenant's key. */
    Isolation(Map<String, String> known, Http anybody, Http other) {
        this.known = known;
        this.anybody = anybody;
        this.other = other;
    }

    void check(JsonNode paths) {
        assertTrue("only " + paths.size() + " paths", paths.size() > 50);
        int held = 0;
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            String template = path.getKey().replaceFirst("^/api/v1", "");
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
                if (List.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(method)
                        && OTHERWISE.stream().noneMatch(template::startsWith)) {
                    held += heldToItsTenant(method, template, contentType(operation.getValue()));
                }
            }
        }
        assertTrue("only " + held + " operations with an id", held > 40);
    }

    private static String contentType(JsonNode operation) {
        Iterator<String> types = operation.path("requestBody").path("content").fieldNames();
        return types.hasNext() ? types.next() : "application/json";
    }

    /** Another tenant's key is answered as for what does not exist, and nobody as nobody. */
    private int heldToItsTenant(String method, String template, String contentType) {
        String body = method.equals("GET") || method.equals("DELETE") ? null : "{}";
        String theirs = filled(template, false);
        if (!FOR_ANYBODY.contains(method + " " + template)) {
            anybody.send(method, theirs, contentType, body).refuses(401, "unauthenticated");
        }
        if (!template.contains("{")) {
            return 0;
        }
        Answer foreign = other.send(method, theirs, contentType, body);
        Answer unknown = other.send(method, filled(template, true), contentType, body);
        assertTrue(foreign.request() + " answered " + foreign.status(), foreign.status() >= 400);
        assertEquals(foreign.request(), unknown.status(), foreign.status());
        assertEquals(foreign.request(), unknown.text(), foreign.text());
        if (method.equals("GET")) {
            foreign.refuses(404, "not_found");
        }
        return 1;
    }
}
