package org.bursar.purchases.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;
import org.bursar.purchases.SettingValue;
import org.jspecify.annotations.Nullable;

/** Holds what a tenant sends to a gateway's schema. */
final class SettingsCheck {
    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_TEXT = 2_000;

    private final Checks checks = new Checks();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> newSecrets = new LinkedHashMap<>();
    private final Set<String> removedSecrets = new LinkedHashSet<>();

    private SettingsCheck() {}

    /**
     * What is to be stored.
     *
     * @param values every setting that is no secret
     * @param newSecrets in plain text, to be sealed
     */
    record Wanted(Map<String, String> values, Map<String, String> newSecrets, Set<String> removedSecrets) {
        @Override
        public String toString() {
            return "settings " + values.keySet() + ", secrets " + newSecrets.keySet();
        }
    }

    static Wanted check(SettingsSchema schema, Map<String, SettingValue> sent, Set<String> storedSecrets) {
        SettingsCheck check = new SettingsCheck();
        Set<String> known = new LinkedHashSet<>();
        for (Field field : schema.fields()) {
            known.add(field.name());
            check.field(field, sent.get(field.name()), storedSecrets.contains(field.name()));
        }
        sent.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> check.checks.error(
                        pointer(name),
                        FieldProblems.UNKNOWN_FIELD,
                        "this gateway has no such setting; it has " + known));
        check.checks.done();
        return new Wanted(check.values, check.newSecrets, check.removedSecrets);
    }

    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private void field(Field field, @Nullable SettingValue sent, boolean stored) {
        boolean secret = field.kind() == Kind.SECRET;
        boolean keeps = secret && stored && (sent == null || sent instanceof SettingValue.Keep);
        String text = sent instanceof SettingValue.Text given ? given.value() : "";
        if (keeps) {
            return;
        }
        if (text.isBlank()) {
            if (secret && stored) {
                removedSecrets.add(field.name());
            }
            checks.that(!field.required(), pointer(field.name()), FieldProblems.REQUIRED, "required");
            return;
        }
        String value = text.strip();
        fits(field, value);
        if (secret) {
            newSecrets.put(field.name(), value);
        } else {
            values.put(field.name(), value);
        }
    }

    private void fits(Field field, String value) {
        String pointer = pointer(field.name());
        switch (field.kind()) {
            case TEXT -> {
                checks.text(pointer, value, LONGEST_LINE);
                checks.that(value.lines().count() <= 1, pointer, FieldProblems.NOT_PRINTABLE, "one line");
            }
            case BOOLEAN ->
                checks.that(
                        value.equals("true") || value.equals("false"),
                        pointer,
                        FieldProblems.WRONG_TYPE,
                        "true or false");
            case INTEGER ->
                checks.that(
                        value.matches("-?[0-9]{1,18}"),
                        pointer,
                        FieldProblems.WRONG_TYPE,
                        "a whole number of at most 18 digits");
            case CHOICE ->
                checks.that(
                        field.choices().contains(value),
                        pointer,
                        FieldProblems.UNKNOWN_VALUE,
                        "one of " + field.choices());
            case URL -> checks.that(address(value), pointer, FieldProblems.WRONG_TYPE, "an absolute https address");
            // a kind of a later version of the SPI is a text
            default -> checks.text(pointer, value, LONGEST_TEXT);
        }
        checks.that(
                field.pattern().isEmpty()
                        || field.pattern().get().matcher(value).matches(),
                pointer,
                FieldProblems.MALFORMED,
                field.help().getOrDefault("en", "does not have the form that the gateway asks for"));
    }

    private static boolean address(String value) {
        try {
            URI uri = new URI(value);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && value.length() <= LONGEST_TEXT;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
