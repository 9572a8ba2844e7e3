package org.bursar.jobs.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as a list shows it.
 *
 * @param every empty when no service of that name is on this node
 * @param running the node that runs it now, as it names itself
 * @param lastSuccess when a run last ended well
 * @param failures of the runs
 * @param failuresInARow up to now
 */
public record JobState(
        String name,
        Optional<Duration> every,
        Optional<String> running,
        Optional<Instant> lastRun,
        Optional<Instant> nextRun,
        Optional<Instant> lastSuccess,
        Optional<Instant> lastFailure,
        long runs,
        long failures,
        int failuresInARow) {}
