package org.bursar.ledger;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a flat JSON object, always in the same way: the same values give the same bytes. */
final class Line {
    private final StringBuilder text = new StringBuilder(400);

    /** Begins one of a type. */
    Line(String type) {
        text.append("{\"type\":");
        quoted(type);
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    /** Adds a text or null. */
    Line text(String name, @Nullable String value) {
        text.append(",\"").append(name).append("\":");
        if (value == null) {
            text.append("null");
        } else {
            quoted(value);
        }
        return this;
    }

    /** Adds a whole number. */
    Line number(String name, long value) {
        text.append(",\"").append(name).append("\":").append(value);
        return this;
    }

    /** Ends it. */
    String end() {
        return text.append('}').toString();
    }
}
