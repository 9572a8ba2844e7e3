package org.bursar.identity.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Id;

/** The state of things as the audit log keeps it: values as the HTTP interface writes them, secrets masked. */
final class AuditJson {
    private static final int LONGEST = 32_000;
    private static final String MASKED = "•••";

    // a type cache of its own: the shared one would keep the class loaders of replaced bundles alive
    private final ObjectMapper mapper = JsonMapper.builder()
            .typeFactory(TypeFactory.defaultInstance()
                    .withCache((LookupCache<Object, JavaType>) new LRUMap<Object, JavaType>(16, 200)))
            .addModule(new SimpleModule("audit")
                    .addSerializer(text(Id.class, Id::toString))
                    .addSerializer(text(BigDecimal.class, Decimals::text))
                    .addSerializer(text(Temporal.class, Temporal::toString))
                    .addSerializer(text(TemporalAmount.class, TemporalAmount::toString))
                    .addSerializer(text(ZoneId.class, ZoneId::getId))
                    .addSerializer(text(Enum.class, value -> value.name().toLowerCase(Locale.ROOT)))
                    .addSerializer(new OptionalValue()))
            .build();

    /** The JSON of a record, map or list. */
    String write(Object state) {
        JsonNode tree = mapper.valueToTree(state);
        mask(tree);
        String json = tree.toString();
        // one enormous state must not fill the log; what was done stays recorded
        return json.length() <= LONGEST
                ? json
                : mapper.createObjectNode()
                        .put("omitted", json.length() + " characters")
                        .toString();
    }

    JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an audit text is not JSON", e);
        }
    }

    /** Callers leave secrets out; should one forget, it does not get here. */
    private static void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (object.get(name).isTextual() && secret(name)) {
                    object.put(name, MASKED);
                } else {
                    mask(object.get(name));
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(AuditJson::mask);
        }
    }

    private static boolean secret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.endsWith("hash");
    }

    private static <T> StdSerializer<T> text(Class<T> type, Function<T, String> text) {
        return new TextValue<>(type, text);
    }

    private static final class TextValue<T> extends StdSerializer<T> {
        private final transient Function<T, String> text;

        TextValue(Class<T> type, Function<T, String> text) {
            super(type);
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(text.apply(value));
        }
    }

    @SuppressWarnings("rawtypes") // Jackson asks for the raw class
    private static final class OptionalValue extends StdSerializer<Optional> {
        OptionalValue() {
            super(Optional.class);
        }

        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                provider.defaultSerializeValue(value.get(), out);
            } else {
                out.writeNull();
            }
        }
    }
}
