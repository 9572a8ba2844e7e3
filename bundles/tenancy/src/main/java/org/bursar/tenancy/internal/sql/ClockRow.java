package org.bursar.tenancy.internal.sql;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code tenancy.clock}.
 *
 * @param followers the names of those that follow it, with spaces between
 * @param mover who is moving it; null when it is at rest
 * @param moverUntil by the real time: from then on another may move it
 */
public record ClockRow(
        Instant reads,
        Instant target,
        String followers,
        @Nullable UUID mover,
        @Nullable Instant moverUntil,
        long version) {
    /** Whether there may be something left to do before it is at rest. */
    public boolean moving() {
        return mover != null || target.isAfter(reads);
    }

    /** Whether somebody else moves it, who was there a moment ago. */
    public boolean takenFrom(UUID me, Instant wall) {
        return mover != null && !mover.equals(me) && moverUntil != null && moverUntil.isAfter(wall);
    }
}
