package org.bursar.purchases.internal.sql;

import org.jspecify.annotations.Nullable;

/**
 * How far a list of changes was read.
 *
 * @param revision of the settings that the cursor belongs to
 * @param failures how often in a row the next page could not be used
 */
public record FeedRow(@Nullable String cursor, long revision, int failures) {}
