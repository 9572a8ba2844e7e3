package org.bursar.jobs.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job's row. */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record JobRow(
        String taskInstance,
        byte @Nullable [] taskData,
        Instant executionTime,
        boolean picked,
        @Nullable String pickedBy,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastFailure,
        @Nullable Integer consecutiveFailures) {}
