package org.bursar.plans;

import java.util.OptionalInt;

/**
 * What a plan allows at most; empty: no limit.
 *
 * @param users users of the customer
 * @param concurrency conversations at once
 */
public record Limits(OptionalInt users, OptionalInt concurrency) {}
