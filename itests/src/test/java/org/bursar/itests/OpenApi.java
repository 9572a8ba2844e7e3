package org.bursar.itests;

import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The OpenAPI document of what runs, as operations that can be called. */
final class OpenApi {
    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();

    private OpenApi(JsonNode document) {
        this.document = document;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                operations.add(operation(operation.getKey(), path.getKey(), operation.getValue()));
            }
        }
        assertTrue("only " + operations.size() + " operations", operations.size() > 100);
    }

    static OpenApi of(Http anybody) {
        return new OpenApi(anybody.get("/api/v1/openapi.json").is(200).json());
    }

    /**
     * One operation.
     *
     * @param permission what it asks for; {@code anonymous} for nothing
     * @param bodies the schema of its body for each content type
     */
    record Operation(
            String method, String path, String permission, List<Parameter> parameters, Map<String, JsonNode> bodies) {
        String name() {
            return method + " " + path;
        }

        boolean reads() {
            return method.equals("GET");
        }

        boolean list() {
            return parameter("after");
        }

        boolean parameter(String name) {
            return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
        }

        List<Parameter> in(String place) {
            return parameters.stream()
                    .filter(parameter -> parameter.in().equals(place))
                    .toList();
        }

        String contentType() {
            return bodies.isEmpty()
                    ? "application/json"
                    : bodies.keySet().iterator().next();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** A parameter in the path, the query or a header. */
    record Parameter(String name, String in, boolean required, JsonNode schema) {}

    List<Operation> operations() {
        return operations;
    }

    private static Operation operation(String method, String path, JsonNode json) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode one : json.path("parameters")) {
            parameters.add(new Parameter(
                    one.path("name").asText(),
                    one.path("in").asText(),
                    one.path("required").asBoolean(),
                    one.path("schema")));
        }
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        json.path("requestBody")
                .path("content")
                .properties()
                .forEach(content ->
                        bodies.put(content.getKey(), content.getValue().path("schema")));
        return new Operation(
                method.toUpperCase(Locale.ROOT), path, json.path("x-permission").asText(), parameters, bodies);
    }

    /** A schema without its reference. */
    JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    /** Whether a schema stands for an id, which travels as a string, whatever the schema says. */
    static boolean isId(JsonNode schema) {
        return schema.path("$ref").asText().endsWith("Id");
    }

    /** The fields of a body by their pointers, in which an asterisk is each element of an array. */
    Map<String, JsonNode> fields(JsonNode schema) {
        Map<String, JsonNode> fields = new TreeMap<>();
        collect("", schema, fields);
        return fields;
    }

    private void collect(String pointer, JsonNode schema, Map<String, JsonNode> fields) {
        if (!pointer.isEmpty()) {
            fields.put(pointer, schema);
        }
        if (isId(schema)) {
            return;
        }
        JsonNode resolved = resolved(schema);
        resolved.path("properties")
                .properties()
                .forEach(property -> collect(pointer + "/" + property.getKey(), property.getValue(), fields));
        if (resolved.has("items")) {
            collect(pointer + "/*", resolved.path("items"), fields);
        }
    }

    /** The required ones of a body's fields, at every level. */
    Set<String> required(JsonNode schema) {
        Set<String> required = new TreeSet<>();
        JsonNode top = resolved(schema);
        top.path("required").forEach(name -> required.add("/" + name.asText()));
        fields(schema)
                .forEach((pointer, field) ->
                        resolved(field).path("required").forEach(name -> required.add(pointer + "/" + name.asText())));
        return required;
    }
}
