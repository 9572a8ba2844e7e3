package org.bursar.credits.internal;

import org.bursar.credits.internal.sql.LeafRow;
import org.bursar.kernel.TenantId;
import org.bursar.ledger.LedgerLine;
import org.bursar.ledger.Reasons;
import org.bursar.ledger.SealedEntry;
import org.jspecify.annotations.Nullable;

/** One tenant's entries as the leaves that they are in seals. */
final class Leaves {
    private final TenantId tenant;
    private final byte[] reasonKey;

    Leaves(TenantId tenant, byte[] reasonKey) {
        this.tenant = tenant;
        this.reasonKey = reasonKey;
    }

    /** The salt of an entry's reason; null when it has none. */
    @Nullable
    String salt(LeafRow row) {
        return row.reason() == null
                ? null
                : Reasons.salt(reasonKey, row.customer().toString(), row.seq());
    }

    SealedEntry entry(LeafRow row) {
        String reason = row.reason();
        String salt = salt(row);
        return new SealedEntry(
                tenant.toString(),
                row.customer().toString(),
                row.seq(),
                row.amount(),
                row.balanceAfter(),
                row.contra(),
                row.kind(),
                row.reference(),
                reason == null || salt == null ? null : Reasons.hash(salt, reason),
                row.idempotencyKey(),
                row.createdAt());
    }

    /** The entry as a line of an export, beside the hash that is kept of it. */
    LedgerLine line(LeafRow row, String leafHash) {
        return new LedgerLine.Entry(entry(row), row.reason(), salt(row), leafHash);
    }
}
