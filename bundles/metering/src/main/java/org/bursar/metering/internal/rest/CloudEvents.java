package org.bursar.metering.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldCode;
import org.bursar.kernel.UserId;
import org.bursar.metering.EventResult.Rejected;
import org.bursar.metering.MeteringProblems;
import org.bursar.metering.UsageEvent;
import org.bursar.plans.PlansProblems;

/**
 * Reads CloudEvents 1.0 in JSON format as usage: {@code type} is the meter, {@code subject} the customer, {@code data} the
 * quantity and attributes. Extension attributes are allowed by that specification and passed over.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON event format</a>
 */
final class CloudEvents {
    private static final int DEEPEST = 8;
    private static final int LARGEST_EXPONENT = 300;

    private CloudEvents() {}

    /**
     * One event, or why it is none.
     *
     * @param id the event's own id, as far as it can be read
     */
    record Read(Optional<String> id, Optional<UsageEvent> event, Optional<Rejected> refusal) {}

    static Read read(JsonNode json) {
        Optional<String> id = text(json, "id");
        if (!(json instanceof ObjectNode event)) {
            return refused(id, MeteringProblems.INVALID_EVENT, "an event is a JSON object");
        }
        if (!text(event, "specversion").equals(Optional.of("1.0"))) {
            return refused(id, MeteringProblems.INVALID_SPECVERSION, "specversion is \"1.0\"");
        }
        if (id.isEmpty()) {
            return refused(id, MeteringProblems.INVALID_ID, "id is required, a string");
        }
        Optional<String> source = text(event, "source");
        if (source.isEmpty()) {
            return refused(id, MeteringProblems.INVALID_SOURCE, "source is required, a string");
        }
        Optional<String> meter = text(event, "type");
        if (meter.isEmpty()) {
            return refused(id, PlansProblems.UNKNOWN_METER, "type is required, the key of a meter");
        }
        Optional<CustomerId> customer = text(event, "subject").flatMap(CloudEvents::customer);
        if (customer.isEmpty()) {
            return refused(id, MeteringProblems.UNKNOWN_CUSTOMER, "subject is required, the id of a customer");
        }
        Optional<Instant> time = text(event, "time").flatMap(CloudEvents::instant);
        if (time.isEmpty() && given(event, "time")) {
            return refused(id, MeteringProblems.INVALID_TIME, "time is RFC 3339, such as \"2026-11-21T10:00:00Z\"");
        }
        if (given(event, "data_base64")) {
            return refused(id, MeteringProblems.INVALID_DATA, "data is a JSON object; data_base64 is not read");
        }
        JsonNode data = event.path("data");
        if (given(event, "data") && !data.isObject() || !storable(data, 0)) {
            return refused(
                    id, MeteringProblems.INVALID_DATA, "data is a JSON object, at most " + DEEPEST + " levels deep");
        }
        Optional<BigDecimal> quantity = text(data, "quantity").flatMap(CloudEvents::decimal);
        if (quantity.isEmpty() && given(data, "quantity")) {
            return refused(
                    id, MeteringProblems.INVALID_QUANTITY, "data.quantity is a decimal in a string such as \"12.5\"");
        }
        return new Read(
                id,
                Optional.of(new UsageEvent(
                        id.get(),
                        source.get(),
                        meter.get(),
                        customer.get(),
                        time,
                        quantity,
                        attributes(data),
                        text(data, "user").flatMap(CloudEvents::user))),
                Optional.empty());
    }

    private static Read refused(Optional<String> id, FieldCode code, String detail) {
        return new Read(id, Optional.empty(), Optional.of(new Rejected(code, detail)));
    }

    private static boolean given(JsonNode json, String field) {
        return json.hasNonNull(field);
    }

    private static Optional<String> text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static Optional<CustomerId> customer(String text) {
        try {
            return Optional.of(CustomerId.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Who names users in a way of its own may go on so: only an id of ours is one. */
    private static Optional<UserId> user(String text) {
        try {
            return Optional.of(UserId.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> decimal(String text) {
        try {
            return Optional.of(Decimals.parse(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What is known of the event beside its quantity. */
    private static Optional<String> attributes(JsonNode data) {
        if (!(data instanceof ObjectNode object) || object.size() == 1 && object.has("quantity")) {
            return Optional.empty();
        }
        ObjectNode rest = object.deepCopy();
        rest.remove("quantity");
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest.toString());
    }

    /** Whether jsonb can hold it: no NUL, no half of a surrogate pair, no number without end. */
    private static boolean storable(JsonNode json, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        if (json.isTextual()) {
            return storable(json.textValue());
        }
        if (json.isFloatingPointNumber()) {
            double value = json.doubleValue();
            return !Double.isNaN(value) && Math.abs(value) < Math.pow(10, LARGEST_EXPONENT);
        }
        if (json instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!storable(field.getKey()) || !storable(field.getValue(), depth + 1)) {
                    return false;
                }
            }
            return true;
        }
        for (JsonNode element : json) {
            if (!storable(element, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean storable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= 0xD800 && c <= 0xDFFF);
    }
}
