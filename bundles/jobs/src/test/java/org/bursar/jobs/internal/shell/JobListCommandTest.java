package org.bursar.jobs.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bursar.jobs.internal.JobState;
import org.junit.jupiter.api.Test;

class JobListCommandTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");
    private static final List<JobState> STATES = List.of(
            new JobState(
                    "hold-expiry",
                    Optional.of(Duration.ofMinutes(1)),
                    Optional.empty(),
                    Optional.of(AT),
                    Optional.of(AT.plusSeconds(60)),
                    Optional.empty(),
                    Optional.of(AT),
                    7,
                    3,
                    2),
            new JobState(
                    "gone",
                    Optional.empty(),
                    Optional.of("node/1/1"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0,
                    0));

    @Test
    void theTableSaysWhatRunsWhenAndWhatFailed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JobListCommand.print(new PrintStream(out, true, StandardCharsets.UTF_8), STATES);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("hold-expiry.*1M.*2026-11-21T10:00:00Z.*2026-11-21T10:01:00Z.*x 2.*7.*3")
                .containsPattern("gone.*not here.*running");
    }

    @Test
    void scriptsGetTheSameInJson() {
        assertThat(JobListCommand.json(STATES))
                .isEqualTo("[{\"name\": \"hold-expiry\", \"every\": \"PT1M\", \"running\": null,"
                        + " \"lastRun\": \"2026-11-21T10:00:00.123456Z\", \"nextRun\": \"2026-11-21T10:01:00.123456Z\","
                        + " \"lastFailure\": \"2026-11-21T10:00:00.123456Z\", \"failuresInARow\": 2, \"runs\": 7,"
                        + " \"failures\": 3},\n {\"name\": \"gone\", \"every\": null, \"running\": \"node/1/1\","
                        + " \"lastRun\": null, \"nextRun\": null, \"lastFailure\": null, \"failuresInARow\": 0,"
                        + " \"runs\": 0, \"failures\": 0}]");
    }
}
