package org.bursar.credits.internal.sql;

import java.time.Instant;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;

/** A hold whose time has run out. */
public record DueHold(HoldId id, CustomerId customer, Instant expiresAt) {
    /** Comes before every hold: none of ours has its time and id. */
    public static final DueHold BEFORE_ALL =
            new DueHold(new HoldId(new UUID(0, 0)), new CustomerId(new UUID(0, 0)), Instant.EPOCH);
}
