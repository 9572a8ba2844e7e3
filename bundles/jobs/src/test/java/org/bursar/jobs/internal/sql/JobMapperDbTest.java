package org.bursar.jobs.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobMapperDbTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String[] NONE = {};

    private final TestDatabase database = TestDatabase.fresh();
    private final JobMapper mapper = database.database().mapper("jobs", JobMapper.class);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTurnThatWasJustTakenIsNotGivenBack() {
        taken("n/1/1", NOW.minusSeconds(4));
        assertThat(release(NONE)).isZero();
    }

    @Test
    void aTurnThatIsTakenWhileWeLookIsNotGivenBack() {
        taken("n/1/1", NOW.plusMillis(50));
        assertThat(release(NONE)).isZero();
    }

    @Test
    void aTurnThatCameToNothingIsGivenBack() {
        taken("n/1/1", NOW.minusSeconds(6));
        assertThat(release(new String[] {"another"})).isEqualTo(1);
        assertThat(row().picked()).isFalse();
    }

    @Test
    void aTurnThatRunsIsNotGivenBackHoweverLongItTakes() {
        taken("n/1/1", NOW.minusSeconds(3_600));
        assertThat(release(new String[] {"some"})).isZero();
    }

    @Test
    void aTurnTakenBeforeTheClockWasSetBackIsGivenBack() {
        taken("n/1/1", NOW.plusSeconds(3_600));
        assertThat(release(NONE)).isEqualTo(1);
    }

    @Test
    void whatAFormerProcessOfThisNodeTookIsGivenBack() {
        taken("n/0/9", NOW);
        assertThat(release(NONE)).isEqualTo(1);
    }

    @Test
    void whatAnotherActivationOfThisProcessOrAnotherNodeTookIsNot() {
        taken("n/1/0", NOW.minusSeconds(10));
        assertThat(release(NONE)).isZero();
        database.executeAsOwner("delete from jobs.scheduled_tasks");
        taken("nn/1/1", NOW.minusSeconds(10));
        assertThat(release(NONE)).isZero();
    }

    @Test
    void noJobWaitsLongerThanItsInterval() {
        assertThat(add()).isEqualTo(1);
        assertThat(add()).isZero();
        assertThat(row().executionTime()).isEqualTo(NOW);
        assertThat(bringForward(Duration.ofSeconds(10))).isZero();

        database.executeAsOwner("update jobs.scheduled_tasks set execution_time = '" + NOW.plusSeconds(3_600) + "'");
        assertThat(bringForward(Duration.ofHours(1))).isZero();
        assertThat(bringForward(Duration.ofSeconds(10))).isEqualTo(1);
        assertThat(row().executionTime()).isEqualTo(NOW.plusSeconds(10));
    }

    private int add() {
        return in(() -> mapper.add(NOW, new String[] {"some"}));
    }

    private int bringForward(Duration every) {
        return in(() -> mapper.bringForward(NOW, new String[] {"some"}, new Long[] {every.toMillis()}));
    }

    private int release(String[] running) {
        return in(() -> mapper.release("n/1/1", "n/", "n/1/", running, NOW.minusSeconds(5), NOW.plusSeconds(60)));
    }

    private JobRow row() {
        return in(() -> mapper.all().get(0));
    }

    private <T> T in(Supplier<T> work) {
        return database.database().withoutTenant(work);
    }

    private void taken(String by, Instant heartbeat) {
        database.executeAsOwner("insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, picked,"
                + " picked_by, last_heartbeat, version) values ('job', 'some', '2026-01-01', true, '" + by + "', '"
                + heartbeat + "', 7)");
    }
}
