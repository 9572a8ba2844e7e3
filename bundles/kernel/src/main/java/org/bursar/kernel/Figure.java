package org.bursar.kernel;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * One figure at one moment.
 *
 * @param name in the manner of Prometheus: {@code bursar_mail_queued}, units last, {@code _total} where it only grows
 * @param help what it means, in a sentence; the same for all figures of one name
 * @param labels what tells figures of one name apart: of few values, never ids of tenants or customers
 */
public record Figure(String name, String help, Map<String, String> labels, double value) {
    private static final Pattern NAME = Pattern.compile("bursar(_[a-z0-9]+)+");
    private static final Pattern LABEL = Pattern.compile("[a-z]+(_[a-z]+)*");

    public Figure {
        if (!NAME.matcher(name).matches() || help.isBlank()) {
            throw new IllegalArgumentException("not a figure: " + name);
        }
        if (!labels.keySet().stream().allMatch(label -> LABEL.matcher(label).matches())) {
            throw new IllegalArgumentException("not the labels of a figure: " + labels.keySet());
        }
        labels = Map.copyOf(labels);
    }

    /** A count. */
    public Figure(String name, String help, Map<String, String> labels, long count) {
        this(name, help, labels, (double) count);
    }

    /** Whether it only grows. */
    public boolean counter() {
        return name.endsWith("_total");
    }

    /** A figure without labels. */
    public static Figure of(String name, String help, double value) {
        return new Figure(name, help, Map.of(), value);
    }

    /** A count without labels. */
    public static Figure of(String name, String help, long count) {
        return new Figure(name, help, Map.of(), count);
    }
}
