package org.bursar.jobs.internal;

import java.time.Duration;
import org.bursar.kernel.RecurringJob;

/** A job whose service is there, as it described itself when it came. */
record PresentJob(String name, Duration every, RecurringJob job) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    PresentJob {
        // the name is also written into a statement as it is
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > 100) {
            throw new IllegalArgumentException("a job's name is in kebab-case: " + name);
        }
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a job runs every second to every day: " + name + " " + every);
        }
    }

    static PresentJob of(RecurringJob job) {
        return new PresentJob(job.name(), job.every(), job);
    }
}
