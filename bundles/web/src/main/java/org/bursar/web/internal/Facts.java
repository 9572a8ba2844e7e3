package org.bursar.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answered, as pages read it: by path such as {@code price/amount}, with nothing instead of null where there is
 * nothing. A field that is not there (its capability does not run) is an empty place on the page and no fault.
 */
public final class Facts {
    public static final Facts NONE = new Facts(MissingNode.getInstance());

    private final JsonNode node;

    public Facts(JsonNode node) {
        this.node = node;
    }

    private JsonNode find(String path) {
        JsonNode found = node;
        for (String step : path.split("/", -1)) {
            found = found.path(step);
        }
        return found;
    }

    /** As it was sent. */
    public String json() {
        return there() ? node.toString() : "";
    }

    public boolean there() {
        return !node.isMissingNode() && !node.isNull();
    }

    public boolean has(String path) {
        JsonNode found = find(path);
        return !found.isMissingNode()
                && !found.isNull()
                && !(found.isTextual() && found.asText().isEmpty());
    }

    /** The text, or an empty one. */
    public String text(String path) {
        JsonNode found = find(path);
        return found.isNull() || found.isContainerNode() ? "" : found.asText();
    }

    /** The text of this itself, for lists of texts. */
    public String text() {
        return node.asText();
    }

    /** The text, or the other one when there is none. */
    public String text(String path, String otherwise) {
        return has(path) ? text(path) : otherwise;
    }

    public boolean is(String path, String value) {
        return text(path).equals(value);
    }

    public boolean yes(String path) {
        return find(path).asBoolean(false);
    }

    public BigDecimal decimal(String path) {
        return decimal(find(path));
    }

    /** The decimals of an array. */
    public List<BigDecimal> decimals(String path) {
        List<BigDecimal> all = new ArrayList<>();
        find(path).forEach(item -> all.add(decimal(item)));
        return all;
    }

    private static BigDecimal decimal(JsonNode found) {
        try {
            return found.isNumber()
                    ? found.decimalValue()
                    : new BigDecimal(found.asText("0").isEmpty() ? "0" : found.asText("0"));
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    public long whole(String path) {
        return find(path).asLong(0);
    }

    public @Nullable Instant instant(String path) {
        try {
            return has(path) ? Instant.parse(text(path)) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public Facts at(String path) {
        return new Facts(find(path));
    }

    public List<Facts> list(String path) {
        return list(find(path));
    }

    /** The items of a page of a list. */
    public List<Facts> items() {
        return list("items");
    }

    private static List<Facts> list(JsonNode array) {
        List<Facts> all = new ArrayList<>();
        array.forEach(item -> all.add(new Facts(item)));
        return all;
    }

    /** Name and value of each member, in the order that they were sent in. */
    public List<Member> members() {
        List<Member> all = new ArrayList<>();
        node.properties().forEach(entry -> all.add(new Member(entry.getKey(), new Facts(entry.getValue()))));
        return all;
    }

    /** One member of an object. */
    public record Member(String name, Facts value) {
        /** The value in words, for the audit log. */
        public String shown() {
            return value.node.isValueNode() ? value.node.asText() : value.node.toString();
        }
    }
}
