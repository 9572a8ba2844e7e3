package org.bursar.purchases.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bursar.purchases.NextStep;
import org.jspecify.annotations.Nullable;

/** What is stored as JSON. Trees only: binding to classes would fill caches that outlive this bundle. */
final class StoredJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private StoredJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read", e);
        }
    }

    static Map<String, String> texts(String text) {
        Map<String, String> texts = new LinkedHashMap<>();
        read(text)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    static String ofTexts(Map<String, String> texts) {
        ObjectNode node = object();
        texts.forEach(node::put);
        return node.toString();
    }

    static String ofNext(NextStep next) {
        ObjectNode node = object();
        if (next instanceof NextStep.Instructions instructions) {
            node.put("type", "instructions").put("reference", instructions.reference());
            instructions
                    .lines()
                    .forEach(line -> node.withArray("lines")
                            .addObject()
                            .put("label", line.label())
                            .put("value", line.value()));
            node.put("expiresAt", text(instructions.expiresAt()));
        } else if (next instanceof NextStep.Redirect redirect) {
            node.put("type", "redirect")
                    .put("url", redirect.url().toString())
                    .put("expiresAt", redirect.expiresAt().toString());
        } else {
            throw new IllegalArgumentException("waiting is not stored");
        }
        return node.toString();
    }

    static NextStep toNext(String text) {
        JsonNode node = read(text);
        JsonNode expires = node.path("expiresAt");
        if (node.path("type").asText().equals("redirect")) {
            return new NextStep.Redirect(URI.create(node.path("url").asText()), Instant.parse(expires.asText()));
        }
        List<NextStep.Line> lines = new ArrayList<>();
        node.path("lines")
                .forEach(line -> lines.add(new NextStep.Line(
                        line.path("label").asText(), line.path("value").asText())));
        return new NextStep.Instructions(
                lines, node.path("reference").asText(), expires.isTextual() ? Instant.parse(expires.asText()) : null);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
