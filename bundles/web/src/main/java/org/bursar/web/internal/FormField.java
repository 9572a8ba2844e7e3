package org.bursar.web.internal;

import java.util.List;

/**
 * A field of a form that is drawn from a list of its fields.
 *
 * @param name its place in the operation's JSON, with dots
 * @param label the key of its label
 * @param kind a text, decimal, email, check, choice, area or hidden
 * @param hint the key of the sentence below; empty: none
 * @param choices what can be chosen; the label of each is {@code label.value} of the words
 */
public record FormField(String name, String label, String kind, String hint, boolean optional, List<String> choices) {
    public FormField {
        choices = List.copyOf(choices);
    }

    public static FormField text(String name, String label, String hint) {
        return new FormField(name, label, "text", hint, false, List.of());
    }

    public static FormField decimal(String name, String label, String hint) {
        return new FormField(name, label, "decimal", hint, false, List.of());
    }

    public static FormField choice(String name, String label, String hint, String... choices) {
        return new FormField(name, label, "choice", hint, false, List.of(choices));
    }

    public static FormField check(String name, String label, String hint) {
        return new FormField(name, label, "check", hint, true, List.of());
    }

    public static FormField hidden(String name) {
        return new FormField(name, "", "hidden", "", true, List.of());
    }

    /** The same, but it may be left empty. */
    public FormField orNot() {
        return new FormField(name, label, kind, hint, true, choices);
    }

    public boolean is(String other) {
        return kind.equals(other);
    }
}
