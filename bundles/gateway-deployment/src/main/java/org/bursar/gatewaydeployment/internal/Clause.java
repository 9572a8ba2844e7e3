package org.bursar.gatewaydeployment.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A clause of a manifest header, as the OSGi core specification writes them: {@code a;b;version="1";resolution:=optional}. */
record Clause(List<String> names, Map<String, String> attributes, Map<String, String> directives) {
    Clause {
        names = List.copyOf(names);
        attributes = Map.copyOf(attributes);
        directives = Map.copyOf(directives);
    }

    /** The clauses of a header; none when the header is not there. */
    static List<Clause> parse(@Nullable String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String clause : split(header == null ? "" : header, ',')) {
            if (!clause.isBlank()) {
                clauses.add(clause(clause));
            }
        }
        return clauses;
    }

    private static Clause clause(String text) {
        List<String> names = new ArrayList<>();
        Map<String, String> attributes = new HashMap<>();
        Map<String, String> directives = new HashMap<>();
        for (String part : split(text, ';')) {
            int equals = unquoted(part, '=');
            if (equals < 0) {
                names.add(part.strip());
            } else if (equals > 0 && part.charAt(equals - 1) == ':') {
                directives.put(part.substring(0, equals - 1).strip(), value(part.substring(equals + 1)));
            } else {
                // version:Version="1.0" tells the type as well
                String name = part.substring(0, equals).strip();
                int type = name.indexOf(':');
                attributes.put(type < 0 ? name : name.substring(0, type), value(part.substring(equals + 1)));
            }
        }
        return new Clause(names, attributes, directives);
    }

    private static String value(String text) {
        String bare = text.strip();
        boolean quoted = bare.length() >= 2 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }

    private static int unquoted(String text, char wanted) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == wanted && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        for (int at = unquoted(rest, separator); at >= 0; at = unquoted(rest, separator)) {
            parts.add(rest.substring(0, at));
            rest = rest.substring(at + 1);
        }
        parts.add(rest);
        return parts;
    }
}
