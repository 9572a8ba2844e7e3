package org.bursar.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.bursar.database.JdbcSource;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunnerDbTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path data;

    private final TestDatabase database = TestDatabase.fresh();
    private final List<JobRunner> runners = new ArrayList<>();

    @AfterEach
    void stop() {
        runners.forEach(JobRunner::stop);
        database.close();
    }

    @Test
    void aJobRunsAtOnceAndAgainAfterItsInterval() {
        TestJob job = TestJob.everySecond("counting", () -> {});
        Instant start = Instant.now();
        runner().bind(job);

        await(() -> job.started.get() >= 3);
        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
        assertThat(state(runners.get(0), "counting").runs()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void twoNodesNeverRunAJobAtTheSameTimeAndShareTheTurns() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        TestJob.Work work = () -> {
            overlapped.compareAndSet(false, inside.incrementAndGet() > 1);
            Thread.sleep(300);
            inside.decrementAndGet();
        };
        TestJob first = TestJob.everySecond("shared", work);
        TestJob second = TestJob.everySecond("shared", work);
        Instant start = Instant.now();
        runner().bind(first);
        runner().bind(second);
        Thread.sleep(6_000);

        int runs = first.started.get() + second.started.get();
        // a run and a pause take 1.3 s and up to 0.25 s until the next poll; two that do not know of each other make
        // twice as many
        assertThat(runs).isBetween(3, 5);
        assertThat(overlapped).isFalse();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aJobThatThrowsIsCountedAndRunsAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        TestJob job = TestJob.everySecond("failing", () -> {
            if (broken.get()) {
                throw new IllegalStateException("on purpose");
            }
        });
        TestJob error = TestJob.everySecond("missing-class", () -> {
            throw new NoClassDefFoundError("on purpose");
        });
        JobRunner runner = runner();
        runner.bind(job);
        runner.bind(error);

        await(() -> job.started.get() >= 3 && error.started.get() >= 3);
        JobState failing = state(runner, "failing");
        assertThat(failing.failures()).isGreaterThanOrEqualTo(2).isEqualTo(failing.runs());
        assertThat(failing.failuresInARow()).isGreaterThanOrEqualTo(2);
        assertThat(failing.lastFailure()).isPresent();

        broken.set(false);
        await(() -> state(runner, "failing").failuresInARow() == 0);
        assertThat(state(runner, "failing").lastFailure()).isPresent();
    }

    @Test
    void aJobWhoseServiceIsGoneDoesNotRunAndComesBackWithoutDelay() throws InterruptedException {
        JobRunner runner = runner();
        TestJob job = TestJob.everySecond("guest", () -> {});
        runner.bind(job);
        await(() -> job.started.get() >= 1);

        runner.unbind(job);
        int runs = job.started.get();
        Thread.sleep(2_500);
        assertThat(job.started.get()).isEqualTo(runs);
        assertThat(state(runner, "guest").every()).isEmpty();
        assertThat(state(runner, "guest").running()).isEmpty();

        TestJob back = TestJob.everySecond("guest", () -> {});
        Instant start = Instant.now();
        runner.bind(back);
        await(() -> back.started.get() >= 1);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void aNodeThatLacksAJobLeavesItToTheOthers() throws InterruptedException {
        JobRunner without = runner();
        without.bind(TestJob.everySecond("another", () -> {}));
        JobRunner with = runner();
        TestJob job = TestJob.everySecond("rare", () -> {});
        with.bind(job);

        await(() -> job.started.get() >= 1);
        int runs = job.started.get();
        Thread.sleep(4_000);
        assertThat(job.started.get() - runs).isBetween(2, 4);
    }

    @Test
    void aJobIsInterruptedWhenItsServiceGoes() {
        JobRunner runner = runner();
        CountDownLatch interrupted = new CountDownLatch(1);
        TestJob job = TestJob.everySecond("long", () -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        runner.bind(job);
        await(() -> job.started.get() == 1);

        runner.unbind(job);
        assertThat(interrupted.getCount()).isZero();
        // being cut off is no failure of the job, and its turn is given back
        await(() -> state(runner, "long").running().isEmpty());
        assertThat(state(runner, "long").failures()).isZero();
        TestJob back = TestJob.everySecond("long", () -> {});
        runner.bind(back);
        await(() -> back.started.get() >= 1);
    }

    @Test
    void anotherIntervalHoldsAtOnce() {
        JobRunner runner = runner();
        TestJob daily = new TestJob("flexible", Duration.ofDays(1), () -> {});
        runner.bind(daily);
        await(() -> daily.started.get() == 1 && state(runner, "flexible").runs() == 1);
        runner.unbind(daily);

        TestJob everySecond = TestJob.everySecond("flexible", () -> {});
        runner.bind(everySecond);
        await(() -> everySecond.started.get() >= 1);
    }

    @Test
    void stoppingTakesLessThanFiveSecondsEvenWhenAJobDoesNotListen() {
        JobRunner runner = runner();
        AtomicBoolean end = new AtomicBoolean();
        TestJob stubborn = TestJob.everySecond("stubborn", () -> {
            while (!end.get()) {
                Thread.onSpinWait();
            }
        });
        runner.bind(stubborn);
        await(() -> stubborn.started.get() == 1);

        Instant start = Instant.now();
        runner.stop();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        runners.clear();

        // it still runs, so nobody else may start it
        TestJob other = TestJob.everySecond("stubborn", () -> {});
        runner().bind(other);
        await(() -> runners.get(0).states().size() == 1);
        assertThat(other.started).hasValue(0);
        end.set(true);
    }

    @Test
    void aStoppedNodesTurnIsTakenByAnotherAtOnce() {
        TestJob first = TestJob.everySecond("handed-over", () -> Thread.sleep(60_000));
        JobRunner leaving = runner();
        leaving.bind(first);
        await(() -> first.started.get() == 1);
        TestJob second = TestJob.everySecond("handed-over", () -> {});
        runner().bind(second);

        leaving.stop();
        runners.remove(leaving);
        await(() -> second.started.get() == 1, Duration.ofSeconds(2));
    }

    @Test
    void whatAKilledNodeWasRunningItResumesWhenItStartsAgain() {
        JobRunner runner = runner(database.jdbc(), data.toString());
        await(() -> runner.states().isEmpty() && tableExists());
        runner.stop();
        runners.remove(runner);
        // as a kill would leave it: taken by an earlier process of this node, with a fresh heartbeat
        String node = readNode();
        database.executeAsOwner("insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, picked,"
                + " picked_by, last_heartbeat, version) values ('job', 'orphan', '2026-01-01', true, '" + node
                + "/0/0', '" + Instant.now() + "', 7)");

        TestJob job = TestJob.everySecond("orphan", () -> {});
        runner(database.jdbc(), data.toString()).bind(job);
        await(() -> job.started.get() >= 1, Duration.ofSeconds(3));
    }

    @Test
    void whatAnotherLivingNodeRunsIsNotTakenFromIt() throws InterruptedException {
        JobRunner runner = runner();
        await(this::tableExists);
        database.executeAsOwner("insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, picked,"
                + " picked_by, last_heartbeat, version) values ('job', 'theirs', '2026-01-01', true, 'someone/1/1', '"
                + Instant.now() + "', 7)");
        TestJob job = TestJob.everySecond("theirs", () -> {});
        runner.bind(job);
        Thread.sleep(3_000);
        assertThat(job.started).hasValue(0);
    }

    @Test
    void jobsGoOnAfterTheDatabaseWasAway() throws InterruptedException {
        AtomicBoolean away = new AtomicBoolean(true);
        JdbcSource source = () -> {
            if (away.get()) {
                throw new SQLTransientConnectionException("away on purpose");
            }
            return database.jdbc().connection();
        };
        TestJob job = TestJob.everySecond("patient", () -> {});
        runner(source, "").bind(job);
        Thread.sleep(1_500);
        assertThat(job.started).hasValue(0);

        away.set(false);
        await(() -> job.started.get() >= 2);

        // broken connections, as after a restart of the server
        try (Connection connection = database.jdbc().connection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        int runs = job.started.get();
        await(() -> job.started.get() >= runs + 2);
    }

    private JobRunner runner() {
        return runner(database.jdbc(), "");
    }

    private JobRunner runner(JdbcSource source, String folder) {
        JobRunner runner = new JobRunner(database.database(), source, CLOCK, folder);
        runners.add(runner);
        return runner;
    }

    private String readNode() {
        try {
            return java.nio.file.Files.readString(data.resolve("jobs-node"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean tableExists() {
        return !"null".equals(database.queryAsOwner("select to_regclass('jobs.scheduled_tasks')"));
    }

    private static JobState state(JobRunner runner, String name) {
        return runner.states().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        await(condition, Duration.ofSeconds(15));
    }

    private static void await(BooleanSupplier condition, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
