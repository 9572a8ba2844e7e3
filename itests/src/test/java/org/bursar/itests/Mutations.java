package org.bursar.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bursar.itests.OpenApi.Operation;

/** Makes requests that are right but for one place, by chance: the same seed makes the same ones. */
final class Mutations {
    /** If that passed, all others would be refused for it. */
    private static final String STOPS_ALL = "POST /tenants/{id}/suspend";

    private static final List<String> BAD_IDS = List.of(
            "cus_",
            "cus_01h2xcejqtf2nbrexx3vqjhp4",
            "cus_01h2xcejqtf2nbrexx3vqjhp411",
            "CUS_01H2XCEJQTF2NBREXX3VQJHP41",
            "cus_zzzzzzzzzzzzzzzzzzzzzzzzzz",
            "xyz_01h2xcejqtf2nbrexx3vqjhp41",
            "0",
            "-1",
            "null",
            "undefined",
            "*",
            "1'drop",
            "%27%20or%201=1--",
            "%f0%9f%98%80",
            "cus_01h2xcejqtf2nbrexx3vqjhp41%20",
            "9223372036854775808",
            "a".repeat(3_000));
    private static final List<String> BAD_PATHS = List.of(
            "%2F",
            "a%2Fb", "..%2F..%2Fetc", "%00", "a%00b", "%zz", "%", "%c0%af", "%5c", "%ff", "a".repeat(17_000), "%2e%2e");
    private static final List<String> BAD_LIMITS =
            List.of("0", "-1", "201", "abc", "1e9", "99999999999", "1.5", "%20", "0x10");
    private static final List<String> BAD_TIMES = List.of(
            "yesterday",
            "0000-00-00T00:00:00Z",
            "%2B999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-11-21T25:00:00Z",
            "1",
            "%27",
            "%2B1000000000-01-01T00:00:00Z");
    private static final List<String> BAD_CURSORS = List.of(
            "garbage",
            "%20",
            "AAAA",
            "LXNlcR8x%27",
            "a".repeat(3_000),
            "%f0%9f%98%80",
            "bm90LWEtbGlzdB8x",
            "____",
            "dGhyZWFkcx8");
    private static final List<String> SQL = List.of(
            "'%3B%20drop%20table%20x--",
            "%25%25", "a'%20or%20'1'='1", "%5C", "%00", "1)%20union%20all%20(1", "%ED%A0%80", "$$%24{x}");
    private static final Set<String> WITHOUT_KEY = Set.of(
            "POST /sessions",
            "POST /usage-events",
            "POST /me/second-factor",
            "POST /me/second-factor/confirm",
            "POST /me/second-factor/remove");

    private final Random random;
    private final World world;
    private final OpenApi api;
    private final BodyMutations bodies;

    Mutations(long seed, World world, OpenApi api) {
        this.random = new Random(seed);
        this.world = world;
        this.api = api;
        bodies = new BodyMutations(random, api);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Whose places are filled in: where something passes, nothing of the other tenant is meant. */
    private Owner owner(boolean mayPass) {
        return any((mayPass ? world.right : world.left).customers);
    }

    private Http caller(Operation operation, Owner owner) {
        if (operation.permission().equals("platform")) {
            return world.admin;
        }
        return operation.path().matches("/me(/.*)?") || operation.path().startsWith("/sessions")
                ? owner.callers.get("member")
                : owner.tenant.callers.get("key");
    }

    /** One that must be refused, or one that may as well be right. */
    BadRequest next(boolean mayPass) {
        for (; ; ) {
            Operation operation = any(api.operations());
            if (mayPass && operation.name().equals(STOPS_ALL)) {
                continue;
            }
            boolean forBody = !operation.bodies().isEmpty() && random.nextInt(10) < 6;
            BadRequest bad = forBody ? body(operation, mayPass) : line(operation, mayPass);
            if (bad != null && bad.mayPass() == mayPass) {
                return bad;
            }
        }
    }

    private String address(Operation operation, Owner owner) {
        return Places.path(operation, Places.values(operation, owner));
    }

    private String head(Operation operation, String address, Map<String, String> headers) {
        return operation.method() + " " + address + " HTTP/1.1" + BadRequest.lines(headers);
    }

    private BadRequest body(Operation operation, boolean mayPass) {
        if (operation.contentType().equals(Multipart.MEDIA_TYPE)) {
            // what is wrong in a form with a file is not what is wrong in JSON: MultipartFormTest knows
            return null;
        }
        Owner owner = owner(mayPass);
        Map<String, String> headers =
                new LinkedHashMap<>(caller(operation, owner).headers());
        headers.put("Content-Type", operation.contentType());
        BodyMutations.Mutant mutant = bodies.next(operation, Forms.of(operation.name(), owner), headers);
        return mutant == null
                ? null
                : new BadRequest(
                        operation,
                        mutant.what(),
                        head(operation, address(operation, owner), headers),
                        mutant.body(),
                        mutant.pointer(),
                        mutant.mayPass(),
                        random.nextInt(10) == 0);
    }

    private byte[] right(Operation operation, Owner owner, Map<String, String> headers) {
        if (operation.bodies().isEmpty()) {
            return operation.method().equals("POST") ? "{}".getBytes(StandardCharsets.UTF_8) : null;
        }
        headers.put("Content-Type", operation.contentType());
        JsonNode body = Forms.of(operation.name(), owner);
        if (operation.contentType().equals(Multipart.MEDIA_TYPE)) {
            headers.put("Content-Type", Multipart.TYPE);
            return Multipart.body(body).getBytes(StandardCharsets.UTF_8);
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private BadRequest line(Operation operation, boolean mayPass) {
        Owner owner = owner(mayPass);
        Map<String, String> headers =
                new LinkedHashMap<>(caller(operation, owner).headers());
        byte[] body = right(operation, owner, headers);
        return switch (random.nextInt(5)) {
            case 0 -> path(operation, owner, headers, body);
            case 1, 2 -> query(operation, owner, headers, body);
            case 3 -> header(operation, owner, headers, body);
            default -> method(operation, owner, headers);
        };
    }

    private BadRequest bad(Operation operation, String what, String head, byte[] body, boolean mayPass) {
        return new BadRequest(operation, what, head, body, "", mayPass, false);
    }

    private BadRequest path(Operation operation, Owner owner, Map<String, String> headers, byte[] body) {
        List<String> values = new ArrayList<>(Places.values(operation, owner));
        if (values.isEmpty() || operation.permission().equals("anonymous")) {
            String address = address(operation, owner);
            return random.nextBoolean()
                    ? bad(
                            operation,
                            "a double slash",
                            head(operation, address.replace("/v1/", "/v1//"), headers),
                            body,
                            false)
                    : bad(
                            operation,
                            "a version that is none",
                            head(operation, address.replace("/v1/", "/v2/"), headers),
                            body,
                            false);
        }
        int place = random.nextInt(values.size());
        String value = any(random.nextInt(3) == 0 ? BAD_PATHS : BAD_IDS);
        values.set(place, value);
        return bad(
                operation,
                "a path with " + value,
                head(operation, Places.path(operation, values), headers),
                body,
                false);
    }

    private BadRequest query(Operation operation, Owner owner, Map<String, String> headers, byte[] body) {
        List<OpenApi.Parameter> parameters = operation.in("query");
        String address = address(operation, owner);
        if (parameters.isEmpty() || random.nextInt(8) == 0) {
            String query =
                    any(List.of("?unknown=1", "?a=%zz", "?%00=1", "?=", "?a=1&a=2", "?[]=x", "?" + "a=b&".repeat(300)));
            return bad(operation, "a query " + query, head(operation, address + query, headers), body, true);
        }
        String name = any(parameters).name();
        boolean sure = random.nextInt(4) > 0;
        String value = switch (name) {
            case "limit" -> any(BAD_LIMITS);
            case "after" -> any(BAD_CURSORS);
            case "from", "to" -> any(BAD_TIMES);
            case "customer", "user" -> any(BAD_IDS);
            case "status", "sort", "role" -> any(List.of("nonsense", "OPEN'", "%00", "-", "a".repeat(500)));
            default -> {
                sure = false;
                yield any(SQL);
            }
        };
        if (!sure) {
            value = any(SQL);
        }
        boolean mayPass = !sure || !operation.reads();
        return bad(
                operation,
                name + "=" + value,
                head(operation, address + "?" + name + "=" + value, headers),
                body,
                mayPass);
    }

    private BadRequest header(Operation operation, Owner owner, Map<String, String> headers, byte[] body) {
        boolean open = operation.permission().equals("anonymous");
        String address = address(operation, owner);
        boolean mayPass = false;
        String what;
        switch (random.nextInt(7)) {
            case 0 -> {
                what = "a bad Idempotency-Key";
                headers.put(
                        "Idempotency-Key", any(List.of("", " ", "k".repeat(256), "caf\u00e9", "\u00ff\u00fe", "a\tb")));
                mayPass = open || !operation.method().equals("POST") || WITHOUT_KEY.contains(operation.name());
            }
            case 1 -> {
                what = "a bad If-Match";
                headers.put(
                        "If-Match",
                        any(List.of("\"999999\"", "x", "\"", "\"\"", "W/\"1\"", "\"99999999999999999999\"", "\"-1\"")));
                // a session has no versions
                mayPass = !operation.method().matches("PATCH|DELETE")
                        || operation.path().startsWith("/sessions");
            }
            case 2 -> {
                what = "a bad Authorization";
                headers.put(
                        "Authorization",
                        any(List.of(
                                "Bearer",
                                "Bearer ",
                                "Bearer x",
                                "Bearer bsk_" + "z".repeat(68),
                                "Basic Og==",
                                "Bearer " + "y".repeat(4_000),
                                "\u00ff",
                                ",")));
                mayPass = open;
            }
            case 3 -> {
                what = "a bad Accept";
                headers.put(
                        "Accept",
                        any(List.of(
                                "text/html",
                                "garbage",
                                "*/*;q=x",
                                "image/png",
                                ";;;",
                                "application/json;q=0",
                                "a/b,".repeat(500) + "a/b")));
                mayPass = true;
            }
            case 4 -> {
                what = "a bad Bursar-Tenant";
                headers.put(
                        "Bursar-Tenant",
                        any(List.of(
                                "no-such",
                                "ten_",
                                "ten_01h2xcejqtf2nbrexx3vqjhp41",
                                "'",
                                "\u00e9",
                                "a".repeat(500),
                                world.right.id("slug") + "x")));
            }
            case 5 -> {
                what = "two of a header";
                headers.put(any(List.of("Content-type", "authorization", "BURSAR-TENANT", "if-match")), "x, y");
                mayPass = true;
            }
            default -> {
                what = "a host that is nobody's";
                headers.put(
                        "Host",
                        any(List.of(
                                "evil.example",
                                "",
                                "a b",
                                "[::1",
                                "127.0.0.1.evil.example",
                                "x".repeat(300),
                                "\u00e9")));
            }
        }
        return bad(operation, what, head(operation, address, headers), body, mayPass);
    }

    private BadRequest method(Operation operation, Owner owner, Map<String, String> headers) {
        String method = any(List.of(
                "PUT",
                "PATCH",
                "DELETE",
                "POST",
                "GET",
                "HEAD",
                "OPTIONS",
                "TRACE",
                "PROPFIND",
                "get",
                "A".repeat(50),
                "G\u00c9T"));
        boolean served = api.operations().stream()
                .anyMatch(other -> other.method().equals(method) && overlaps(other.path(), operation.path()));
        if (served || method.equals("HEAD") && operation.list()) {
            return null;
        }
        headers.remove("Content-Type");
        String head = method + " " + address(operation, owner) + " HTTP/1.1" + BadRequest.lines(headers);
        return bad(operation, "the method " + method, head, null, method.equals("HEAD"));
    }

    /** Whether one address can be of both paths. */
    private static boolean overlaps(String one, String other) {
        String[] left = one.split("/");
        String[] right = other.split("/");
        if (left.length != right.length) {
            return false;
        }
        for (int segment = 0; segment < left.length; segment++) {
            if (!left[segment].equals(right[segment])
                    && !left[segment].startsWith("{")
                    && !right[segment].startsWith("{")) {
                return false;
            }
        }
        return true;
    }
}
