package org.bursar.plans;

import java.util.OptionalInt;

/**
 * What a plan allows at most; empty: no limit.
 *
 * @param users users of the customer
 * @param concurrency conversations at once
 * @param requestsPerMinute requests in a minute, and at once after a pause
 */
public record Limits(OptionalInt users, OptionalInt concurrency, OptionalInt requestsPerMinute) {
    /** No limits at all. */
    public static final Limits NONE = new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
