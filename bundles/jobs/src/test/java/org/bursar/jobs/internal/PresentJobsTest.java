package org.bursar.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PresentJobsTest {
    private final PresentJobs jobs = new PresentJobs();

    @Test
    void ofTwoJobsWithOneNameTheElderCountsUntilItGoes() {
        TestJob elder = TestJob.everySecond("twin", () -> {});
        TestJob younger = TestJob.everySecond("twin", () -> {});
        jobs.add(elder);
        jobs.add(younger);
        assertThat(jobs.all()).hasSize(1);
        assertThat(jobs.find("twin").orElseThrow().job()).isSameAs(elder);

        jobs.remove(elder);
        assertThat(jobs.find("twin").orElseThrow().job()).isSameAs(younger);
    }

    @Test
    void aJobThatDescribesItselfWronglyIsRefused() {
        jobs.add(TestJob.everySecond("not' a name", () -> {}));
        jobs.add(new TestJob("too-often", Duration.ofMillis(999), () -> {}));
        jobs.add(new TestJob("too-rarely", Duration.ofDays(2), () -> {}));
        assertThat(jobs.all()).isEmpty();
    }

    @Test
    void onlyPresentJobsAreAskedFor() {
        String none = new PresentJobsOnly(jobs).createSelectDueQuery("t", 5, "", false);
        assertThat(none).contains(" and false ");

        jobs.add(TestJob.everySecond("one", () -> {}));
        jobs.add(TestJob.everySecond("two", () -> {}));
        assertThat(new PresentJobsOnly(jobs).createSelectDueQuery("t", 5, "", false))
                .contains("task_instance in ('one', 'two')")
                .doesNotContain("and false");
    }
}
