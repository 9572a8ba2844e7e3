package ${package};

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes JSON, so that the gateway needs no library. Numbers are decimals and never floating point: some of them are
 * money.
 */
final class Json {
    private static final int DEEPEST = 32;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    static Map<String, Object> read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.blanks();
        if (json.at != text.length()) {
            throw json.malformed();
        }
        return object(value);
    }

    /** A value as an object. */
    static Map<String, Object> object(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("an object was expected");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, each) -> copy.put(String.valueOf(name), each));
        return copy;
    }

    /** The text that an object must have under a name. */
    static String text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String found ? found : missing(name);
    }

    /** The truth value that an object must have under a name. */
    static boolean flag(Map<String, Object> object, String name) {
        return object.get(name) instanceof Boolean found ? found : Json.<Boolean>missing(name);
    }

    /** The number that an object must have under a name. */
    static BigDecimal number(Map<String, Object> object, String name) {
        return object.get(name) instanceof BigDecimal found ? found : missing(name);
    }

    /** The objects of a list that an object must have under a name. */
    static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        List<?> found = object.get(name) instanceof List<?> list ? list : missing(name);
        return found.stream().map(Json::object).toList();
    }

    private static <T> T missing(String name) {
        throw new IllegalArgumentException(name + " is missing or of another type");
    }

    private Object value() {
        blanks();
        if (at == text.length() || depth > DEEPEST) {
            throw malformed();
        }
        char first = text.charAt(at);
        if (first == '{') {
            return members();
        }
        if (first == '[') {
            return items();
        }
        if (first == '"') {
            return string();
        }
        for (String word : List.of("true", "false", "null")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("null") ? null : Boolean.valueOf(word);
            }
        }
        return number();
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        depth++;
        at++;
        if (next('}')) {
            return members;
        }
        do {
            blanks();
            if (at == text.length() || text.charAt(at) != '"') {
                throw malformed();
            }
            String name = string();
            if (!next(':')) {
                throw malformed();
            }
            members.put(name, value());
        } while (next(','));
        return closed('}', members);
    }

    private List<Object> items() {
        List<Object> items = new ArrayList<>();
        depth++;
        at++;
        if (next(']')) {
            return items;
        }
        do {
            items.add(value());
        } while (next(','));
        return closed(']', items);
    }

    private <T> T closed(char end, T whole) {
        if (!next(end)) {
            throw malformed();
        }
        return whole;
    }

    private String string() {
        StringBuilder read = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            read.append(c == '\\' ? escaped() : c);
        }
        if (at++ >= text.length()) {
            throw malformed();
        }
        return read.toString();
    }

    private char escaped() {
        if (at == text.length()) {
            throw malformed();
        }
        char c = text.charAt(at++);
        if (c != 'u') {
            int known = "\"\\/bfnrt".indexOf(c);
            if (known < 0) {
                throw malformed();
            }
            return "\"\\/\b\f\n\r\t".charAt(known);
        }
        if (!text.substring(at, Math.min(text.length(), at + 4)).matches("[0-9a-fA-F]{4}")) {
            throw malformed();
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private BigDecimal number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        // a long one, or one with a large exponent, is no amount but an attack
        if (digits.length() > 40 || !digits.matches("-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9])?")) {
            throw malformed();
        }
        return new BigDecimal(digits);
    }

    private boolean next(char wanted) {
        blanks();
        boolean found = at < text.length() && text.charAt(at) == wanted;
        at += found ? 1 : 0;
        depth -= found && (wanted == '}' || wanted == ']') ? 1 : 0;
        return found;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("not JSON at character " + at);
    }

    /** Writes maps, lists, numbers, texts, truth values and null. */
    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String comma = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(comma).append(quoted(String.valueOf(entry.getKey()))).append(':');
                write(entry.getValue(), out);
                comma = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String comma = "[";
            for (Object each : list) {
                out.append(comma);
                write(each, out);
                comma = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof BigDecimal number) {
            out.append(number.toPlainString());
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            out.append(value);
        } else {
            out.append(quoted(value.toString()));
        }
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
