package org.bursar.purchases.internal;

import java.time.Instant;
import java.util.Comparator;

/** Something that happened, at a time. */
record Fact(FactKind kind, Instant at) implements Comparable<Fact> {
    private static final Comparator<Fact> BY_TIME =
            Comparator.comparing(Fact::at).thenComparing(Fact::kind);

    @Override
    public int compareTo(Fact other) {
        return BY_TIME.compare(this, other);
    }
}
