package org.bursar.credits.internal.sql;

import org.bursar.kernel.CustomerId;

/** A row of {@code credits.seal_part}. */
public record PartRow(long number, CustomerId customer, long fromSeq, long toSeq, int firstLeaf) {
    /** The place of an entry in the seal's tree. */
    public int leaf(long seq) {
        return Math.toIntExact(firstLeaf + seq - fromSeq);
    }
}
