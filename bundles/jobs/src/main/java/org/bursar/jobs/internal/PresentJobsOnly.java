package org.bursar.jobs.internal;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import java.util.stream.Collectors;

/**
 * Lets a node pick only jobs whose services it has. Without it the scheduler would take a job that is not here, and
 * keep it from the nodes that have it.
 */
final class PresentJobsOnly extends PostgreSqlJdbcCustomization {
    private final PresentJobs jobs;

    PresentJobsOnly(PresentJobs jobs) {
        super(false, false);
        this.jobs = jobs;
    }

    @Override
    public String createSelectDueQuery(String table, int limit, String condition, boolean orderByPriority) {
        // the scheduler takes no parameters here; names are kebab-case, which PresentJob has checked
        String names = jobs.all().stream().map(job -> '\'' + job.name() + '\'').collect(Collectors.joining(", "));
        String present = names.isEmpty() ? " and false " : " and task_instance in (" + names + ") ";
        return super.createSelectDueQuery(table, limit, condition + present, orderByPriority);
    }
}
