package org.bursar.plans.internal.sql;

import java.time.Instant;

/** A row of {@code plans.rate_bucket}. */
public record BucketRow(long level, Instant measuredAt) {}
