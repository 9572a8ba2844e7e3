package org.bursar.configuration.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle declares of one key.
 *
 * @param type as in the metatype XML: String, Integer, Boolean …
 * @param usual what holds when nothing is said
 * @param needed see {@link Setting#needed()}
 */
record Definition(
        String key,
        String type,
        boolean list,
        @Nullable String least,
        @Nullable String most,
        String usual,
        List<String> options,
        Setting.Kind kind,
        boolean needed) {
    private static final Set<String> WHOLE = Set.of("Integer", "Long", "Short", "Byte");

    Definition {
        options = List.copyOf(options);
    }

    boolean text() {
        return type.equals("String") || type.equals("Password");
    }

    boolean number() {
        return WHOLE.contains(type) || type.equals("Double") || type.equals("Float");
    }

    /** What a component takes: each of a list, or the one. */
    Object value(String written) {
        return list ? parts(written).toArray(String[]::new) : written.strip();
    }

    /** What is wrong with what is written, in words that follow the key; empty when it can be used. */
    Optional<String> fault(String written) {
        List<String> values = list ? parts(written) : List.of(written.strip());
        if (values.isEmpty()) {
            return Optional.of("must be " + expected() + ", not nothing");
        }
        for (String value : values) {
            if (!fits(value)) {
                return Optional.of("must be " + expected() + ", not " + kindOf(value));
            }
        }
        return Optional.empty();
    }

    private static List<String> parts(String written) {
        List<String> parts = new ArrayList<>();
        for (String part : written.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    private boolean fits(String value) {
        if (!options.isEmpty()) {
            return options.contains(value);
        }
        if (type.equals("Boolean")) {
            return value.equals("true") || value.equals("false");
        }
        return number() ? fitsNumber(value) : Forms.fits(kind, value);
    }

    private boolean fitsNumber(String value) {
        if (!value.matches("[+-]?[0-9]{1,19}" + (WHOLE.contains(type) ? "" : "(\\.[0-9]{1,19})?"))) {
            return false;
        }
        BigDecimal number = new BigDecimal(value);
        return number.compareTo(bound(least, type.equals("Long") ? Long.MIN_VALUE : Integer.MIN_VALUE)) >= 0
                && number.compareTo(bound(most, type.equals("Long") ? Long.MAX_VALUE : Integer.MAX_VALUE)) <= 0;
    }

    private static BigDecimal bound(@Nullable String written, long otherwise) {
        return written == null || written.isBlank() ? BigDecimal.valueOf(otherwise) : new BigDecimal(written.strip());
    }

    private String expected() {
        if (!options.isEmpty()) {
            return "one of " + String.join(", ", options);
        }
        if (type.equals("Boolean")) {
            return "true or false";
        }
        if (number()) {
            String number = WHOLE.contains(type) ? "a whole number" : "a number";
            String from = least == null || least.isBlank() ? "" : " from " + least.strip();
            return number + from + (most == null || most.isBlank() ? "" : " to " + most.strip());
        }
        return Forms.expected(kind);
    }

    /** What it is instead, and never what it says: it may be a secret in the wrong place. */
    private static String kindOf(String value) {
        if (value.isEmpty()) {
            return "nothing";
        }
        if (value.chars().anyMatch(Character::isISOControl) || value.indexOf('\uFFFD') >= 0) {
            return "unprintable characters";
        }
        if (value.matches("[+-]?[0-9]+")) {
            return value.startsWith("-") ? "a negative number" : "a number of " + value.length() + " digits";
        }
        return "a text of " + value.length() + (value.length() == 1 ? " character" : " characters");
    }
}
