package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the tables of docs/api.md with the OpenAPI document of what runs: each operation and the permission that it needs. */
final class ApiDocument {
    private static final Pattern ROW =
            Pattern.compile("^\\| (GET|POST|PUT|PATCH|DELETE) \\| `(/[^`]*)` \\| ([^ |]+) \\|", Pattern.MULTILINE);

    private ApiDocument() {}

    static void check(JsonNode paths) throws IOException {
        TreeSet<String> served = new TreeSet<>();
        paths.properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> served.add(method.getKey().toUpperCase(Locale.ROOT)
                                + ' '
                                + path.getKey()
                                + ' '
                                + method.getValue().path("x-permission").asText())));
        String text = Files.readString(Path.of(System.getProperty("bursar.docs"), "api.md"));
        TreeSet<String> documented = new TreeSet<>();
        Matcher row = ROW.matcher(text.substring(0, text.indexOf("## Outside")));
        while (row.find()) {
            documented.add(row.group(1) + ' ' + row.group(2) + ' ' + row.group(3));
        }
        assertEquals(String.join("\n", served), String.join("\n", documented));
    }
}
