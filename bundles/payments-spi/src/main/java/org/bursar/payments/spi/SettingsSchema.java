package org.bursar.payments.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a tenant makes for a gateway. The form, its checks and its storage are the platform's: unknown fields,
 * missing required ones and values that do not fit are refused before a gateway sees them; secrets are encrypted and never
 * shown again.
 */
public final class SettingsSchema {
    /** What a field takes. */
    public enum Kind {
        /** One line, at most 200 characters. */
        TEXT,
        /** At most 2,000 characters. */
        MULTILINE,
        /** At most 2,000 characters, encrypted, write-only. */
        SECRET,
        /** An absolute https address. */
        URL,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** One of {@link Field#choices()}. */
        CHOICE,
        /** A whole number of at most 18 digits. */
        INTEGER
    }

    private final int version;
    private final List<Field> fields;

    private SettingsSchema(int version, List<Field> fields) {
        this.version = version;
        this.fields = List.copyOf(fields);
    }

    /**
     * Begins a schema.
     *
     * @param version from 1; raise it when settings of before no longer fit
     */
    public static Builder builder(int version) {
        return new Builder(version);
    }

    /** Raised when settings of before no longer fit. */
    public int version() {
        return version;
    }

    /** In the order in which they are shown. */
    public List<Field> fields() {
        return fields;
    }

    /** Collects a schema. */
    public static final class Builder {
        private final int version;
        private final Map<String, Field> fields = new LinkedHashMap<>();

        private Builder(int version) {
            if (version < 1) {
                throw new IllegalArgumentException("versions count from 1");
            }
            this.version = version;
        }

        /** Adds a field below the others; its name must be new. */
        public Builder field(Field field) {
            if (fields.put(field.name(), field) != null) {
                throw new IllegalArgumentException("two fields named " + field.name());
            }
            return this;
        }

        /** The schema. */
        public SettingsSchema build() {
            return new SettingsSchema(version, new ArrayList<>(fields.values()));
        }
    }

    /** One field. An instance never changes; the builder-like methods answer a new one. */
    public static final class Field {
        private final String name;
        private final Kind kind;
        private final boolean required;
        private final Map<String, String> labels;
        private final Map<String, String> help;
        private final @Nullable Pattern pattern;
        private final List<String> choices;
        private final boolean rotates;

        private Field(
                String name,
                Kind kind,
                boolean required,
                Map<String, String> labels,
                Map<String, String> help,
                @Nullable Pattern pattern,
                List<String> choices,
                boolean rotates) {
            this.name = name;
            this.kind = Objects.requireNonNull(kind, "kind");
            this.required = required;
            this.labels = Map.copyOf(labels);
            this.help = Map.copyOf(help);
            this.pattern = pattern;
            this.choices = List.copyOf(choices);
            this.rotates = rotates;
        }

        /**
         * An optional field.
         *
         * @param name in camelCase, letters and digits
         */
        public static Field of(String name, Kind kind, String englishLabel) {
            if (!name.matches("[a-z][A-Za-z0-9]{0,59}")) {
                throw new IllegalArgumentException("not a field's name: " + name);
            }
            return new Field(name, kind, false, Map.of("en", englishLabel), Map.of(), null, List.of(), false);
        }

        /** The same, required. */
        public Field asRequired() {
            return new Field(name, kind, true, labels, help, pattern, choices, rotates);
        }

        /** The same with a label in another language. */
        public Field withLabel(String languageTag, String label) {
            return new Field(name, kind, required, plus(labels, languageTag, label), help, pattern, choices, rotates);
        }

        /** The same with a sentence below the field. */
        public Field withHelp(String languageTag, String sentence) {
            return new Field(
                    name, kind, required, labels, plus(help, languageTag, sentence), pattern, choices, rotates);
        }

        /** The same; the whole value must match. Use patterns without nested repetition: they are run on what people type. */
        public Field matching(String regex) {
            return new Field(name, kind, required, labels, help, Pattern.compile(regex), choices, rotates);
        }

        /** The same, one of these values. */
        public Field withChoices(String... values) {
            return new Field(name, Kind.CHOICE, required, labels, help, pattern, List.of(values), rotates);
        }

        /** The same; the value before stays readable by {@link GatewayContext#previousSecret} when a new one is set. */
        public Field rotating() {
            return new Field(name, kind, required, labels, help, pattern, choices, true);
        }

        private static Map<String, String> plus(Map<String, String> map, String key, String value) {
            Map<String, String> more = new LinkedHashMap<>(map);
            more.put(key, value);
            return more;
        }

        /** Its name in the settings. */
        public String name() {
            return name;
        }

        /** What it takes. */
        public Kind kind() {
            return kind;
        }

        /** Whether the gateway works without it. */
        public boolean required() {
            return required;
        }

        /** Labels by BCP 47 language tag; {@code en} is always there. */
        public Map<String, String> labels() {
            return labels;
        }

        /** Sentences below the field, by BCP 47 language tag. */
        public Map<String, String> help() {
            return help;
        }

        /** What the whole value must match. */
        public Optional<Pattern> pattern() {
            return Optional.ofNullable(pattern);
        }

        /** The values of a {@link Kind#CHOICE}. */
        public List<String> choices() {
            return choices;
        }

        /** Whether the value before stays readable. */
        public boolean rotates() {
            return rotates;
        }
    }
}
