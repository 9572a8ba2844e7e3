package org.bursar.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.bursar.itests.OpenApi.Operation;

/** Makes one place of a right body wrong. */
final class BodyMutations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int TEN_MEGABYTES = 10 << 20;

    /** Fields that exist elsewhere, or that somebody would like to set. */
    private static final List<String> MASS = List.of(
            "tenant",
            "tenantId",
            "balance",
            "credited",
            "version",
            "createdAt",
            "_links",
            "__proto__",
            "constructor",
            "",
            "x/y~z",
            "\u0000");

    private static final Set<String> AMOUNTS = Set.of(
            "amount",
            "costPerUnit",
            "credits",
            "included",
            "maxQuantity",
            "minQuantity",
            "packagePrice",
            "packageSize",
            "quantity",
            "unitPrice",
            "upTo");
    private static final List<String> BAD_AMOUNTS = List.of(
            "-1",
            "-0.01",
            "1e5",
            "1E+5",
            "NaN",
            "Infinity",
            "0x10",
            "1,5",
            " 1",
            "1 ",
            "",
            ".5",
            "1.",
            "+1",
            "--1",
            "1.0.0",
            "123456789012345678901234567890",
            "100000000000000",
            "0.0000000000001",
            "\u0663",
            "1\u0000",
            "null",
            "1_000",
            "\uff11");
    private static final Set<String> IDS =
            Set.of("customer", "package", "parent", "permissionSet", "user", "workspace");
    private static final List<String> BAD_IDS = List.of(
            "",
            "x",
            "cus_",
            "CUS_01H2XCEJQTF2NBREXX3VQJHP41",
            "cus_01h2xcejqtf2nbrexx3vqjhp4u",
            "zzz_01h2xcejqtf2nbrexx3vqjhp41",
            "cus_01h2xcejqtf2nbrexx3vqjhp41\u0000",
            "\ud83d\ude00");

    /** Where anything may stand, and where an empty place is as good as none. */
    private static final Set<String> FREE = Set.of("data", "metadata", "note", "content", "permissions");

    private final Random random;
    private final OpenApi api;

    BodyMutations(Random random, OpenApi api) {
        this.random = random;
        this.api = api;
    }

    /** A body that is no longer right. */
    record Mutant(String what, byte[] body, String pointer, boolean mayPass) {}

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    Mutant next(Operation operation, JsonNode right, Map<String, String> headers) {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> text(operation, right);
            case 4, 5 -> contentType(operation, right, headers);
            case 6, 7 -> unknown(operation, right);
            case 8, 9 -> missing(operation, right);
            case 10 -> random.nextInt(20) == 0 ? large(right, headers) : null;
            default -> field(operation, right);
        };
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** What is no JSON, or not the JSON that was meant. */
    private Mutant text(Operation operation, JsonNode right) {
        String body = right.toString();
        boolean anything = operation.name().matches("PUT /gateways/\\{gateway}/(platform-)?settings");
        return switch (random.nextInt(14)) {
            case 0 -> new Mutant("cut off", bytes(body.substring(0, 1 + random.nextInt(body.length() - 1))), "", false);
            case 1 -> new Mutant("10,000 arrays deep", bytes("[".repeat(10_000)), "", false);
            case 2 ->
                new Mutant(
                        "10,000 objects deep", bytes("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), "", false);
            case 3 -> {
                String name = right.fieldNames().next();
                yield new Mutant(
                        "a key twice",
                        bytes("{\"" + name + "\":" + right.get(name) + "," + body.substring(1)),
                        "",
                        false);
            }
            case 4 -> {
                byte[] bytes = bytes(body);
                bytes[body.indexOf(':') + 1] =
                        (byte) any(List.of(0xff, 0xc0, 0x80, 0xfe)).intValue();
                yield new Mutant("invalid UTF-8", bytes, "", false);
            }
            case 5 ->
                new Mutant("more behind it", bytes(body + any(List.of("{}", "x", "]", ",1", "\u0000"))), "", false);
            case 6 ->
                new Mutant(
                        "a literal that is none",
                        bytes(body.replaceFirst(
                                ":",
                                ":" + any(List.of("NaN", "Infinity", "undefined", "'x'", "0123", "/* */1x", "1e")))),
                        "",
                        false);
            case 7 ->
                new Mutant("no object", bytes(any(List.of("[]", "\"x\"", "5", "true", "[[]]", "[1,2]"))), "", anything);
            case 8 -> new Mutant("nothing", bytes(any(List.of("", "null", " ", "{}", "\n"))), "", true);
            case 9 -> new Mutant("100,000 elements", bytes("[" + "1,".repeat(100_000) + "1]"), "", false);
            case 10 -> new Mutant("a number without end", bytes("{\"x\":" + "9".repeat(50_000) + "}"), "", false);
            case 11 -> new Mutant("an exponent without end", bytes("{\"x\":1e999999999}"), "", true);
            case 12 -> new Mutant("UTF-16", body.getBytes(StandardCharsets.UTF_16), "", true);
            default -> new Mutant("noise", noise(), "", false);
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(300)];
        random.nextBytes(noise);
        noise[0] = (byte) 0xff;
        return noise;
    }

    private Mutant contentType(Operation operation, JsonNode right, Map<String, String> headers) {
        String type = any(List.of(
                "text/plain",
                "application/xml",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded",
                "garbage",
                "application/json; charset=nonsense",
                "application/json; charset=utf-16",
                "*/*",
                "application/",
                "",
                "application/yaml"));
        if (type.isEmpty()) {
            headers.remove("Content-Type");
        } else {
            headers.put("Content-Type", type);
        }
        boolean unsure = type.startsWith("application/json") || type.isEmpty() || type.equals("*/*");
        return new Mutant("content type " + type, bytes(right), "", unsure);
    }

    private Mutant large(JsonNode right, Map<String, String> headers) {
        if (random.nextBoolean()) {
            headers.put("Content-Encoding", "gzip");
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes(right));
                gzip.write(new byte[TEN_MEGABYTES]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Mutant("packed", packed.toByteArray(), "", false);
        }
        return new Mutant("10 MB", bytes(right + " ".repeat(TEN_MEGABYTES)), "", false);
    }

    /** Every place of a body. */
    private static List<String> places(String pointer, JsonNode node) {
        List<String> places = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(property -> {
                String at = pointer + "/" + property.getKey();
                places.add(at);
                places.addAll(places(at, property.getValue()));
            });
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            places.addAll(places(pointer + "/" + index, node.get(index)));
        }
        return places;
    }

    private static boolean free(Operation operation, String pointer) {
        return FREE.stream().anyMatch(name -> pointer.contains("/" + name))
                || operation.name().matches("PUT /gateways/\\{gateway}/(platform-)?settings");
    }

    private Mutant unknown(Operation operation, JsonNode right) {
        List<String> objects = new ArrayList<>(List.of(""));
        places("", right).stream().filter(place -> right.at(place).isObject()).forEach(objects::add);
        String place = any(objects);
        JsonNode copy = right.deepCopy();
        ObjectNode object = (ObjectNode) copy.at(place);
        String name = any(MASS.stream().filter(each -> !object.has(each)).toList());
        object.set(name, any(List.of(NODES.textNode("x"), NODES.numberNode(1), NODES.nullNode(), NODES.objectNode())));
        // events of CloudEvents may have attributes of others, and a tenant words whatever key a bundle may bring
        boolean open =
                free(operation, place) || operation.name().equals("POST /usage-events") || place.equals("/texts");
        return new Mutant(
                "unknown " + place + "/" + name,
                bytes(copy),
                place + "/" + name.replace("~", "~0").replace("/", "~1").replace("\u0000", "\\u0000"),
                open);
    }

    private Mutant missing(Operation operation, JsonNode right) {
        Set<String> required =
                api.required(operation.bodies().values().iterator().next());
        List<String> places = places("", right);
        if (places.isEmpty()) {
            return null;
        }
        String place = any(places);
        boolean must = required.contains(place.replaceAll("/\\d+", "/*"));
        JsonNode copy = right.deepCopy();
        ObjectNode parent = (ObjectNode) copy.at(place.substring(0, place.lastIndexOf('/')));
        String name = place.substring(place.lastIndexOf('/') + 1);
        if (random.nextBoolean()) {
            parent.remove(name);
        } else {
            parent.putNull(name);
        }
        return new Mutant("without " + place, bytes(copy), must ? place : "", !must);
    }

    private Mutant field(Operation operation, JsonNode right) {
        List<String> places = places("", right);
        if (places.isEmpty()) {
            return null;
        }
        String place = any(places);
        JsonNode node = right.at(place);
        String name = place.substring(place.lastIndexOf('/') + 1);
        boolean free = free(operation, place) || node.isNull();
        // any wrong address or password is answered in one way
        boolean signIn = operation.permission().equals("anonymous");
        JsonNode bad;
        boolean mayPass = free;
        if (AMOUNTS.contains(name) && random.nextInt(3) > 0) {
            bad = random.nextInt(4) == 0
                    ? any(List.<JsonNode>of(
                            NODES.numberNode(1),
                            NODES.numberNode(new BigDecimal("1.5")),
                            NODES.numberNode(new BigDecimal("1E+400"))))
                    : NODES.textNode(any(BAD_AMOUNTS));
        } else if (IDS.contains(name) && random.nextInt(3) > 0) {
            bad = NODES.textNode(any(BAD_IDS));
            mayPass = mayPass || bad.asText().isEmpty();
        } else if (name.equals("currency") && random.nextInt(3) > 0) {
            bad = NODES.textNode(any(List.of("usd", "XXX", "", "US", "USDD", "\u20ac", "U\u0000D", "BTC")));
        } else if (node.isTextual() && random.nextInt(3) == 0) {
            bad = NODES.textNode(any(List.of(
                    "\u0000",
                    "a\u0007b",
                    "a\u0000",
                    "\ud800",
                    "a\udfffb",
                    "x".repeat(150_000),
                    "'; drop table x; --",
                    "<script>alert(1)</script>",
                    "\u202e\ufeff",
                    "${7*7}")));
            mayPass = mayPass
                    || bad.asText().length() > 3 && bad.asText().length() < 100
                    || bad.asText().startsWith("\u202e");
        } else {
            bad = otherType(node);
        }
        JsonNode copy = right.deepCopy();
        ((ObjectNode) copy.at(place.substring(0, place.lastIndexOf('/')))).set(name, bad);
        String text = bad.toString();
        return new Mutant(
                place + " = " + text.substring(0, Math.min(60, text.length())),
                ascii(copy),
                mayPass || signIn ? "" : place,
                mayPass);
    }

    /** With escapes: half of a surrogate pair has no UTF-8. */
    private static byte[] ascii(JsonNode body) {
        try {
            return JSON.writer()
                    .with(com.fasterxml.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
                    .writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode otherType(JsonNode node) {
        ArrayNode array = NODES.arrayNode();
        ObjectNode object = NODES.objectNode().put("a", 1);
        List<JsonNode> others = new ArrayList<>();
        if (!node.isTextual()) {
            others.add(NODES.textNode("x"));
        }
        if (!node.isNumber()) {
            others.add(NODES.numberNode(5));
        }
        if (!node.isBoolean()) {
            others.add(NODES.booleanNode(true));
        }
        if (!node.isArray()) {
            others.add(array.deepCopy());
            others.add(array.add(object.deepCopy()));
        }
        if (!node.isObject()) {
            others.add(object);
        }
        others.add(NODES.numberNode(new BigDecimal("1.5")));
        return any(others);
    }
}
