package org.bursar.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A flat JSON object: texts, whole numbers and null, each field once. More is not needed to read an export, and a library for
 * more would be larger than the verifier.
 */
final class Fields {
    private final Map<String, Optional<Object>> values = new LinkedHashMap<>();
    private final String line;
    private int at;

    private Fields(String line) {
        this.line = line;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException when the line is anything else
     */
    static Fields parse(String line) {
        Fields fields = new Fields(line);
        fields.object();
        return fields;
    }

    private static IllegalArgumentException bad(String what) {
        return new IllegalArgumentException(what);
    }

    private char next() {
        if (at == line.length()) {
            throw bad("the line is cut off");
        }
        return line.charAt(at++);
    }

    private void expect(char expected) {
        char found = next();
        if (found != expected) {
            throw bad("'" + expected + "' is expected at column " + at + ", not '" + found + "'");
        }
    }

    private void object() {
        expect('{');
        do {
            expect('"');
            String name = string();
            expect(':');
            if (values.putIfAbsent(name, value()) != null) {
                throw bad("the field " + name + " is there twice");
            }
        } while (more());
        if (at != line.length()) {
            throw bad("the line goes on after its object");
        }
    }

    private boolean more() {
        char mark = next();
        if (mark != ',' && mark != '}') {
            throw bad("',' or '}' is expected at column " + at);
        }
        return mark == ',';
    }

    private Optional<Object> value() {
        char first = next();
        if (first == '"') {
            return Optional.of(string());
        }
        if (line.startsWith("null", at - 1)) {
            at += 3;
            return Optional.empty();
        }
        int start = at - 1;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            at++;
        }
        try {
            return Optional.of(Long.valueOf(line.substring(start, at)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a text, a whole number or null is expected at column " + start, e);
        }
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return text.toString();
            }
            text.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next();
        if (c == '"' || c == '\\') {
            return c;
        }
        if (c != 'u' || at + 4 > line.length()) {
            throw bad("an escape that no export has, at column " + at);
        }
        try {
            char code = (char) Integer.parseInt(line.substring(at, at + 4), 16);
            at += 4;
            return code;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("an escape that no export has, at column " + at, e);
        }
    }

    /** A text that must be there. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> bad("the field " + name + " has no text"));
    }

    /** A text or null. */
    Optional<String> optionalText(String name) {
        return required(name).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw bad("the field " + name + " is no text");
        });
    }

    /** A whole number. */
    long number(String name) {
        if (required(name).orElse("") instanceof Long number) {
            return number;
        }
        throw bad("the field " + name + " is no whole number");
    }

    /** A whole number that is not large. */
    int small(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw bad("the field " + name + " is too large");
        }
        return (int) number;
    }

    private Optional<Object> required(String name) {
        Optional<Object> value = values.remove(name);
        if (value == null) {
            throw bad("there is no field " + name);
        }
        return value;
    }

    /** Fails when there is a field that nobody asked for. */
    void nothingElse() {
        if (!values.isEmpty()) {
            throw bad("the field " + values.keySet().iterator().next() + " is none of an export");
        }
    }
}
