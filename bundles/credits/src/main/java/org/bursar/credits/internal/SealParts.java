package org.bursar.credits.internal;

import java.util.ArrayList;
import java.util.List;
import org.bursar.credits.internal.sql.EntryRange;
import org.bursar.credits.internal.sql.LeafRow;
import org.bursar.credits.internal.sql.PartRow;
import org.bursar.credits.internal.sql.SealMapper;
import org.bursar.kernel.TenantId;

/** A seal's parts in the order of its leaves, and the entries that lie in them. */
record SealParts(List<PartRow> parts) {
    /** An entry at its place in the tree. */
    record Placed(int leaf, LeafRow row) {}

    /**
     * The entries from one leaf to another, both included. Every range is named to the database, which then goes straight to
     * it; asked with a join over the parts it read all entries of the tenant.
     */
    List<Placed> entries(SealMapper seals, TenantId tenant, int from, int to) {
        List<PartRow> touched = parts.stream()
                .filter(part -> part.firstLeaf() <= to && part.leaf(part.toSeq()) >= from)
                .toList();
        List<EntryRange> ranges = new ArrayList<>();
        for (PartRow part : touched) {
            long first = Math.max(part.fromSeq(), part.fromSeq() + from - part.firstLeaf());
            long last = Math.min(part.toSeq(), part.fromSeq() + to - part.firstLeaf());
            ranges.add(new EntryRange(part.customer(), first, last));
        }
        return Sealer.entries(seals, tenant, ranges).stream()
                .map(row -> new Placed(touched.get(row.place() - 1).leaf(row.seq()), row))
                .toList();
    }
}
