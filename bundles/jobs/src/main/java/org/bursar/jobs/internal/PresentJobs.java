package org.bursar.jobs.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.kernel.RecurringJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs whose services are there right now. Of two with one name the elder counts, until it goes. */
final class PresentJobs {
    private static final Logger LOG = LoggerFactory.getLogger(PresentJobs.class);

    private final List<PresentJob> jobs = new CopyOnWriteArrayList<>();

    /** Takes a job up; one that describes itself wrongly is refused with a line in the log. */
    void add(RecurringJob job) {
        try {
            PresentJob present = PresentJob.of(job);
            if (find(present.name()).isPresent()) {
                LOG.error("two services are the job {}: {} waits", present.name(), job.getClass());
            }
            jobs.add(present);
        } catch (RuntimeException e) {
            LOG.error("{} is not a job that can be run", job.getClass(), e);
        }
    }

    void remove(RecurringJob job) {
        jobs.removeIf(present -> present.job() == job);
    }

    Optional<PresentJob> find(String name) {
        return jobs.stream().filter(present -> present.name().equals(name)).findFirst();
    }

    /** One for each name. */
    List<PresentJob> all() {
        List<PresentJob> all = new ArrayList<>();
        for (PresentJob job : jobs) {
            if (all.stream().noneMatch(other -> other.name().equals(job.name()))) {
                all.add(job);
            }
        }
        return all;
    }
}
