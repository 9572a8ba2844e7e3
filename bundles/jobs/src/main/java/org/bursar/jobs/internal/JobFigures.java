package org.bursar.jobs.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Figures;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the jobs are doing, wherever they run. */
@Component(service = Figures.class)
public final class JobFigures implements Figures {
    private final JobRunner runner;
    private final Clock clock;

    @Activate
    public JobFigures(@Reference JobRunner runner, @Reference Clock clock) {
        this.runner = runner;
        this.clock = clock;
    }

    @Override
    public String source() {
        return "jobs";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(15);
    }

    @Override
    public List<Figure> read() {
        return figures(runner.states(), clock.instant());
    }

    static List<Figure> figures(List<JobState> states, Instant now) {
        List<Figure> figures = new ArrayList<>();
        for (JobState state : states) {
            Map<String, String> job = Map.of("job", state.name());
            figures.add(new Figure("bursar_job_runs_total", "Runs of a job on all nodes", job, state.runs()));
            figures.add(new Figure(
                    "bursar_job_failures_total", "Runs of a job that failed, on all nodes", job, state.failures()));
            figures.add(new Figure(
                    "bursar_job_failures_in_a_row",
                    "Runs of a job that failed since one went well",
                    job,
                    state.failuresInARow()));
            state.lastSuccess()
                    .ifPresent(success -> figures.add(new Figure(
                            "bursar_job_last_success_age_seconds",
                            "How long ago a run of a job went well",
                            job,
                            Math.max(0, Duration.between(success, now).toSeconds()))));
        }
        return figures;
    }
}
