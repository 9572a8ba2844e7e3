package org.bursar.configuration.internal;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has written into a file.
 *
 * @param values by key, with variables put in
 * @param variables by key: which variable the value comes from, where it comes from one
 * @param fault why the file as a whole cannot be used; the values are empty then
 */
record Written(Map<String, String> values, Map<String, String> variables, Optional<String> fault) {
    private static final int LARGEST = 65_536;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(env:)?([A-Za-z0-9_.]+)(?::-([^}]*))?}");

    /** Nothing: every key has its usual value. */
    static final Written NOTHING = new Written(Map.of(), Map.of(), Optional.empty());

    /**
     * Reads a file.
     *
     * @param lookup gives a variable of the environment for {@code env:NAME}, a property of the framework otherwise
     */
    static Written read(Path file, UnaryOperator<@Nullable String> lookup) {
        try {
            if (!Files.isRegularFile(file)) {
                return fault("is no file");
            }
            if (Files.size(file) > LARGEST) {
                return fault("is longer than " + LARGEST + " bytes");
            }
            return parse(Files.readAllBytes(file), lookup);
        } catch (IOException e) {
            return fault("cannot be read");
        }
    }

    static Written parse(byte[] bytes, UnaryOperator<@Nullable String> lookup) {
        if (bytes.length == 0) {
            return fault("is empty; to have the usual values, leave a comment in it");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return fault("is no text in UTF-8");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' && c != '\f')) {
            return fault("holds characters that are no text");
        }
        if (!text.endsWith("\n")) {
            return fault("ends within a line, as if it was not written to its end");
        }
        Lines lines = new Lines();
        try {
            lines.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            return fault("holds a \\u that is followed by no character's number");
        }
        if (!lines.twice.isEmpty()) {
            return fault("gives " + String.join(", ", lines.twice) + " more than once");
        }
        return of(lines, lookup);
    }

    private static Written of(Properties lines, UnaryOperator<@Nullable String> lookup) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> variables = new LinkedHashMap<>();
        lines.stringPropertyNames().stream().sorted().forEach(key -> {
            Matcher variable = VARIABLE.matcher(lines.getProperty(key));
            String value = variable.replaceAll(found -> {
                String given = lookup.apply((found.group(1) == null ? "" : found.group(1)) + found.group(2));
                if (found.group(1) != null) {
                    variables.put(key, found.group(2));
                }
                String usual = found.group(3) == null ? "" : found.group(3);
                return Matcher.quoteReplacement(given == null || given.isEmpty() ? usual : given);
            });
            values.put(key, value);
        });
        return new Written(values, variables, Optional.empty());
    }

    private static Written fault(String text) {
        return new Written(Map.of(), Map.of(), Optional.of(text));
    }

    /** Properties that notice a key that is there twice, of which Java would silently take the last. */
    private static final class Lines extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient TreeSet<String> twice = new TreeSet<>();

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            Object former = super.put(key, value);
            if (former != null) {
                twice.add(String.valueOf(key));
            }
            return former;
        }
    }
}
