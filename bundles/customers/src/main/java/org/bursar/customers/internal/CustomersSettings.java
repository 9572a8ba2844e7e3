package org.bursar.customers.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration, read.
 *
 * @param parts names of the parts that must be there
 * @param rules names of the access rules that must be there, in the order in which they are asked
 * @param grace between deletion and erasure
 */
record CustomersSettings(List<String> parts, List<String> rules, Duration grace) {
    private static final int LONGEST_GRACE_DAYS = 3_650;

    CustomersSettings {
        parts = List.copyOf(parts);
        rules = List.copyOf(rules);
        if (grace.isNegative() || grace.toDays() > LONGEST_GRACE_DAYS) {
            throw new IllegalArgumentException("grace.days is 0 to " + LONGEST_GRACE_DAYS);
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("rules names at least one rule: without any, everybody would be served");
        }
    }

    static CustomersSettings of(CustomersConfig config) {
        return new CustomersSettings(
                names(config.parts()), names(config.rules()), Duration.ofDays(config.grace_days()));
    }

    /** A configuration file gives a list as one text with commas. */
    private static List<String> names(String[] values) {
        List<String> names = new ArrayList<>();
        for (String value : values) {
            for (String name : value.split(",")) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }
}
