package org.bursar.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bursar.itests.Http.Answer;
import org.bursar.itests.OpenApi.Operation;

/** What one owner's callers try at another's things, and what of it gave more than a refusal. */
final class Probes {
    /** A tenant's things that its customers may read, and only read. */
    private static final Set<String> SHARED =
            Set.of("add-on", "meter", "meter-key", "package", "permission-set", "plan", "plan-key", "seq", "tenant");

    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404);

    private final OpenApi api;
    private final Owner victim;
    private final Set<String> secrets;
    private final Owner attacker;
    /** Whose things the attacker's own places in a path are filled with. */
    private final Owner own;

    private final boolean outside;
    private final List<String> leaks = new ArrayList<>();
    private long tried;

    Probes(OpenApi api, Owner victim, Set<String> secrets, Owner attacker, Owner own, boolean outside) {
        this.api = api;
        this.victim = victim;
        this.secrets = secrets;
        this.attacker = attacker;
        this.own = own;
        this.outside = outside;
    }

    long tried() {
        return tried;
    }

    List<String> leaks() {
        return leaks;
    }

    /** Whether it comes from another tenant. */
    boolean fromOutside() {
        return outside;
    }

    static Set<String> found(Set<String> secrets, String text) {
        Set<String> found = new TreeSet<>();
        secrets.stream().filter(text::contains).forEach(found::add);
        return found;
    }

    private void leak(String who, Answer answer, String what) {
        if (leaks.size() < 50) {
            String text = answer.text();
            leaks.add(who + " of " + attacker + " at " + victim + ": " + answer.request() + " answered "
                    + answer.status() + " " + text.substring(0, Math.min(300, text.length())) + ": " + what);
        }
    }

    /** The things of a kind that are the victim's alone. */
    private List<String> victims(String kind) {
        if (!outside && SHARED.contains(kind)) {
            return List.of();
        }
        return outside ? victim.all(kind) : victim.ids(kind);
    }

    private static String sent(Operation operation, JsonNode body) {
        return operation.method().equals("GET") || operation.method().equals("DELETE") || body == null
                ? operation.bodies().isEmpty() && operation.method().matches("POST|PUT|PATCH") ? "{}" : null
                : body.toString();
    }

    private Answer send(Http caller, Operation operation, String path, JsonNode body) {
        tried++;
        return caller.send(operation.method(), path, operation.contentType(), sent(operation, body));
    }

    private JsonNode form(Operation operation) {
        return operation.bodies().isEmpty() ? null : Forms.of(operation, own);
    }

    /** The two answers are the same refusal, and nothing of the victim's is in the first. */
    private void same(String who, Answer foreign, Answer absent, Set<Integer> refusals) {
        if (foreign.status() != absent.status() || !foreign.text().equals(absent.text())) {
            leak(who, foreign, "what does not exist was answered " + absent.status() + " " + absent.text());
        } else if (!refusals.isEmpty() && !refusals.contains(foreign.status())) {
            leak(who, foreign, "no refusal");
        }
        silent(who, foreign);
    }

    private void silent(String who, Answer answer) {
        Set<String> seen =
                found(secrets, answer.text() + answer.response().headers().map());
        if (!seen.isEmpty()) {
            leak(who, answer, "tells " + seen);
        }
    }

    /** The victim's ids in the path: each of them, with all of its own and with its own in the attacker's places. */
    void paths(Operation operation) {
        List<String> kinds = Places.kinds(operation);
        List<String> own = kinds.isEmpty() ? List.of() : Places.values(operation, this.own);
        for (int place = 0; place < kinds.size(); place++) {
            String kind = kinds.get(place);
            for (String thing : kind.equals("seq") ? List.<String>of() : victims(kind)) {
                List<String> foreign = new ArrayList<>(own);
                foreign.set(place, thing);
                List<String> absent = new ArrayList<>(own);
                absent.set(place, Places.absent(thing));
                attacker.callers.forEach((who, caller) -> path(operation, who, caller, foreign, absent));
                if (kinds.size() > 1 && place == 0) {
                    List<String> all =
                            new ArrayList<>(Places.values(operation, outside ? victim.customers.get(0) : victim));
                    all.set(0, thing);
                    List<String> none = all.stream().map(Places::absent).toList();
                    attacker.callers.forEach((who, caller) -> path(operation, who, caller, all, none));
                }
            }
        }
    }

    private void path(Operation operation, String who, Http caller, List<String> foreign, List<String> absent) {
        JsonNode body = form(operation);
        for (Http variant : variants(operation, caller)) {
            same(
                    who,
                    send(variant, operation, Places.path(operation, foreign), body),
                    send(variant, operation, Places.path(operation, absent), body),
                    REFUSALS);
        }
    }

    /** Without anything more, and with the victim's own key or version. */
    private static List<Http> variants(Operation operation, Http caller) {
        return switch (operation.method()) {
            case "POST" -> List.of(caller, caller.with("Idempotency-Key", World.USED_KEY));
            case "PUT", "PATCH", "DELETE" -> List.of(caller, caller.with("If-Match", "\"1\""));
            default -> List.of(caller, caller.with("If-None-Match", "\"1\""));
        };
    }

    void queries(Operation operation) {
        for (Map.Entry<String, String> parameter : Places.query(operation).entrySet()) {
            List<String> things = new ArrayList<>(
                    parameter.getKey().equals("q")
                            ? List.of((outside ? victim.customers.get(0) : victim).canary("company"))
                            : victims(parameter.getValue()));
            if (parameter.getKey().equals("subject")) {
                List.of("user", "purchase", "hold", "thread", "api-key").forEach(kind -> things.addAll(victims(kind)));
            }
            String path = Places.path(operation, Places.values(operation, own));
            for (String thing : things) {
                attacker.callers.forEach((who, caller) -> same(
                        who,
                        send(caller, operation, path + "?" + parameter.getKey() + "=" + thing, null),
                        send(caller, operation, path + "?" + parameter.getKey() + "=" + Places.absent(thing), null),
                        Set.of()));
            }
        }
    }

    void bodies(Operation operation) {
        for (Map.Entry<String, String> field : Places.body(api, operation).entrySet()) {
            for (String thing : victims(field.getValue())) {
                String path = Places.path(operation, Places.values(operation, own));
                JsonNode template = Forms.of(operation.name(), own);
                JsonNode foreign = replaced(template, field.getKey(), thing);
                JsonNode absent = replaced(template, field.getKey(), Places.absent(thing));
                attacker.callers.forEach((who, caller) -> {
                    Answer answer = send(caller, operation, path, foreign);
                    Answer unknown = send(caller, operation, path, absent);
                    same(who, answer, unknown, Set.of());
                    if (answer.status() < 400 && !answer.text().contains("rejected")) {
                        leak(who, answer, field.getKey() + " was taken");
                    }
                });
            }
        }
    }

    /** A copy with a text at the pointer, in which an asterisk is the first element. */
    private static JsonNode replaced(JsonNode body, String pointer, String text) {
        JsonNode copy = body.deepCopy();
        String place = pointer.replace("*", "0");
        int last = place.lastIndexOf('/');
        JsonNode parent = copy.at(place.substring(0, last));
        if (parent instanceof ArrayNode array) {
            array.set(0, text);
        } else {
            ((ObjectNode) parent).put(place.substring(last + 1), text);
        }
        return copy;
    }

    /** The place of a list where the victim's reading has come to. */
    void cursors(Operation operation) {
        if (!operation.list() || operation.permission().equals("platform")) {
            return;
        }
        Owner whose = outside ? victim.customers.get(0) : victim;
        String theirs = Places.path(operation, Places.values(operation, whose));
        // its own people first: what the tenant's read is recorded
        List<Http> readers = new ArrayList<>(whose.callers.values());
        readers.addAll(victim.tenant.callers.values());
        for (Http reader : readers) {
            String filter = operation.path().equals("/users") ? "&customer=" + whose.id("customer") : "";
            Answer page = reader.get(theirs + "?limit=1" + filter);
            if (page.status() != 200 || page.json().path("next").isNull()) {
                continue;
            }
            String after = "after=" + page.at("/next");
            String path = Places.path(operation, Places.values(operation, own));
            attacker.callers.forEach((who, caller) -> {
                silent(who, send(caller, operation, path + "?limit=200&" + after, null));
                silent(who, send(caller, operation, path + "?limit=1&" + after, null));
            });
            return;
        }
        // one gateway and one rate limit are all there is, and only banks make disputes
        if (!Set.of("/gateways", "/rate-limits/{customer}", "/disputes", "/purchases/{purchase}/disputes")
                .contains(operation.path())) {
            leaks.add(operation + ": there is no second page of " + victim + " to take a cursor from");
        }
    }

    /** Everything that can be read, as JSON and as CSV, with the attacker's own ids. */
    void reads(Operation operation) {
        if (!operation.reads()) {
            return;
        }
        String path = Places.path(operation, Places.values(operation, own));
        for (String format : List.of("application/json", "text/csv")) {
            attacker.callers.forEach((who, caller) -> {
                Answer answer = send(
                        caller.with("Accept", format), operation, operation.list() ? path + "?limit=200" : path, null);
                silent(who, answer);
                if (answer.status() >= 500) {
                    leak(who, answer, "broken");
                }
            });
        }
    }

    /** The victim's tenant in the header that names one; without a caller it says where somebody wants to sign in. */
    void headers(Operation operation) {
        if (operation.permission().equals("anonymous")) {
            return;
        }
        String path = Places.path(operation, Places.values(operation, own));
        JsonNode body = form(operation);
        for (String name : List.of(victim.tenant.id("slug"), victim.tenant.id("tenant"))) {
            attacker.callers.forEach((who, caller) -> same(
                    who,
                    send(caller.with("Bursar-Tenant", name), operation, path, body),
                    send(caller.with("Bursar-Tenant", Places.absent(name)), operation, path, body),
                    REFUSALS));
        }
    }

    /** The victim's host. */
    void hosts(int port, Operation operation) {
        if (operation.permission().equals("anonymous")) {
            return;
        }
        String path = Places.path(operation, Places.values(operation, own));
        JsonNode body = form(operation);
        String text = body == null ? "" : body.toString();
        attacker.callers.forEach((who, caller) -> {
            StringBuilder head = new StringBuilder(operation.method() + " " + path + " HTTP/1.1\nHost: "
                    + victim.tenant.id("slug") + ".localhost:" + port + "\n");
            caller.headers()
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append('\n'));
            head.append("Content-Type: " + operation.contentType() + "\nContent-Length: " + text.length());
            try {
                Wire.Reply reply =
                        Wire.send(port, head.toString(), text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                tried++;
                boolean refused = REFUSALS.contains(reply.status());
                if (!refused || !found(secrets, reply.text()).isEmpty()) {
                    leaks.add(who + " of " + attacker + " at the host of " + victim + ": " + operation + " answered "
                            + reply.status() + " " + reply.text());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
