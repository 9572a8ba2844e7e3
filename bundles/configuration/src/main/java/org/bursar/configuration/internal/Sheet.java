package org.bursar.configuration.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one PID: what is in force, and what is wrong with what is written. A value that is wrong is passed over in
 * favour of the last good one, or of the usual one when there was none; where the usual one would do harm, nothing is in force.
 */
final class Sheet {
    private final String pid;
    private final String dataFolder;
    private Map<String, Definition> definitions = Map.of();
    private @Nullable Map<String, Object> inForce;
    private List<String> faults = List.of();

    Sheet(String pid, String dataFolder) {
        this.pid = pid;
        this.dataFolder = dataFolder;
    }

    /** Takes what all bundles together declare of the PID. */
    void define(List<Definition> declared) {
        Map<String, Definition> keys = new LinkedHashMap<>();
        for (Definition definition : declared) {
            // of two bundles that share a key, the one that says more of it
            keys.merge(
                    definition.key(),
                    definition,
                    (one, other) -> one.kind() == Setting.Kind.TEXT && other.kind() != Setting.Kind.TEXT
                                    || other.needed() && !one.needed()
                            ? other
                            : one);
        }
        definitions = keys;
    }

    /** What components get; empty while nothing can be used. */
    Optional<Map<String, Object>> inForce() {
        return Optional.ofNullable(inForce);
    }

    /** What is wrong, each in a sentence without values. */
    List<String> faults() {
        return faults;
    }

    /** Takes what is written in the file. */
    void take(Written written) {
        List<String> found = new ArrayList<>();
        if (written.fault().isPresent()) {
            String fault = pid + ".cfg " + written.fault().get();
            if (inForce != null) {
                found.add(fault + "; the last good values stay");
            } else if (definitions.values().stream().anyMatch(Definition::needed)) {
                found.add(fault + "; nothing of it starts before it is mended");
            } else {
                inForce = valued(Written.NOTHING, found);
                found.add(fault + "; the usual values hold");
            }
        } else {
            Map<String, Object> next = valued(written, found);
            if (next != null) {
                inForce = next;
            }
            unknown(written, found);
        }
        faults = List.copyOf(found);
    }

    private @Nullable Map<String, Object> valued(Written written, List<String> found) {
        Map<String, Object> next = new LinkedHashMap<>();
        boolean usable = true;
        for (Definition definition : definitions.values()) {
            String text = written.values().getOrDefault(definition.key(), "");
            String value = text.isBlank() && definition.kind() == Setting.Kind.FOLDER ? dataFolder : text;
            Optional<String> fault = value.isBlank() ? Optional.empty() : definition.fault(value);
            if (fault.isEmpty()) {
                if (!value.isBlank()) {
                    next.put(definition.key(), definition.value(value));
                }
                continue;
            }
            String name = named(definition, written);
            if (inForce != null) {
                Object former = inForce.get(definition.key());
                if (former != null) {
                    next.put(definition.key(), former);
                }
                found.add(name + ' ' + fault.get() + "; the last good value stays");
            } else if (definition.needed()) {
                usable = false;
                found.add(name + ' ' + fault.get() + "; nothing of it starts before it is mended");
            } else {
                if (definition.kind() == Setting.Kind.FOLDER) {
                    next.put(definition.key(), dataFolder);
                }
                found.add(name + ' ' + fault.get() + "; the usual value holds");
            }
        }
        return usable ? next : null;
    }

    private String named(Definition definition, Written written) {
        String variable = written.variables().get(definition.key());
        return pid + ": " + definition.key() + (variable == null ? "" : " (" + variable + ')');
    }

    private void unknown(Written written, List<String> found) {
        Set<String> unknown = new LinkedHashSet<>(written.values().keySet());
        unknown.removeAll(definitions.keySet());
        for (String key : unknown) {
            found.add(pid + ": there is no key " + printable(key) + " here");
        }
    }

    private static String printable(String key) {
        // whatever stands alone on a line is a key: it may be a password in the wrong place
        return key.matches("[a-z][a-z0-9._-]{0,39}") ? key : "of that form";
    }

    /** Whether what is in force differs from what was. */
    static boolean differ(@Nullable Map<String, Object> one, Map<String, Object> other) {
        if (one == null || !one.keySet().equals(other.keySet())) {
            return true;
        }
        return one.entrySet().stream()
                .anyMatch(entry -> !Objects.deepEquals(entry.getValue(), other.get(entry.getKey())));
    }
}
