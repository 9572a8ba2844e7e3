package org.bursar.customers.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A period in which customers were registered, by the {@code createdAt} that is shown of them.
 *
 * @param from included
 * @param to not included
 */
public record Registered(Instant from, Instant to) {
    /**
     * An id is made at the begin of the transaction that stores the row, and the time that is shown somewhat later in it; by no
     * more than this, since no transaction lasts so long.
     */
    private static final Duration BETWEEN = Duration.ofHours(1);

    private static final int MILLIS_AT = 16;

    /** No id of the period is below this: with {@link #lastId} it makes the period a range of the primary key. */
    public UUID firstId() {
        return new UUID(Math.max(0, from.minus(BETWEEN).toEpochMilli()) << MILLIS_AT, 0);
    }

    /** No id of the period is above this. */
    public UUID lastId() {
        return new UUID(to.plus(BETWEEN).toEpochMilli() << MILLIS_AT | 0xffff, -1);
    }
}
