package org.bursar.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bursar.kernel.Figure;
import org.junit.jupiter.api.Test;

class JobFiguresTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static JobState state(String name, Optional<Instant> lastSuccess) {
        return new JobState(
                name,
                Optional.empty(),
                Optional.empty(),
                lastSuccess,
                Optional.empty(),
                lastSuccess,
                Optional.empty(),
                7,
                3,
                2);
    }

    @Test
    void eachJobHasItsOwnAndOneThatNeverWentWellHasNoAge() {
        List<Figure> figures = JobFigures.figures(
                List.of(state("hold-expiry", Optional.of(NOW.minusSeconds(90))), state("renewals", Optional.empty())),
                NOW);
        Map<String, Double> values = figures.stream()
                .collect(Collectors.toMap(
                        figure -> figure.name() + ' ' + figure.labels().get("job"), Figure::value));
        assertThat(values)
                .containsEntry("bursar_job_runs_total hold-expiry", 7.0)
                .containsEntry("bursar_job_failures_total hold-expiry", 3.0)
                .containsEntry("bursar_job_failures_in_a_row renewals", 2.0)
                .containsEntry("bursar_job_last_success_age_seconds hold-expiry", 90.0)
                .doesNotContainKey("bursar_job_last_success_age_seconds renewals");
    }
}
