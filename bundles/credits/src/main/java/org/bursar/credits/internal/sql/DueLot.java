package org.bursar.credits.internal.sql;

import java.time.Instant;
import org.bursar.kernel.CustomerId;

/** A lot whose time has run out and of which something may be left. */
public record DueLot(CustomerId customer, long seq, Instant expiresAt) {
    /** Comes before every lot: none of ours has its time and wallet. */
    public static final DueLot BEFORE_ALL = new DueLot(new CustomerId(WalletMapper.BEFORE_ALL), 0, Instant.EPOCH);
}
