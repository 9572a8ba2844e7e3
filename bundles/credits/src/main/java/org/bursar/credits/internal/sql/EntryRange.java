package org.bursar.credits.internal.sql;

import org.bursar.kernel.CustomerId;

/** Entries of one wallet that follow one another. */
public record EntryRange(CustomerId customer, long fromSeq, long toSeq) {
    /** How many there are. */
    public long entries() {
        return toSeq - fromSeq + 1;
    }

    /** The same without what comes after a number. */
    public EntryRange upTo(long seq) {
        return new EntryRange(customer, fromSeq, seq);
    }
}
