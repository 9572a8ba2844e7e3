package org.bursar.credits.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant's ledger comes to.
 *
 * @param verifiedAt when it was last proven; null when it never was
 * @param faults what was found then
 */
public record LedgerFiguresRow(
        long wallets,
        long entries,
        long openHolds,
        @Nullable Instant verifiedAt,
        @Nullable Integer faults) {}
