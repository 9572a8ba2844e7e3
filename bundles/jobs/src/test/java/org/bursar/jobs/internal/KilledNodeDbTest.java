package org.bursar.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.bursar.database.DatabaseAddress;
import org.bursar.database.internal.PooledDatabase;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node in a JVM of its own, killed while it runs a job. */
class KilledNodeDbTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private final TestDatabase database = TestDatabase.fresh();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatItRanIsTakenUpAsSoonAsItStartsAgain() throws Exception {
        Process node = start();
        try (BufferedReader out = node.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines().anyMatch("running"::equals)).isTrue();
        } finally {
            node.destroyForcibly().waitFor();
        }
        assertThat(database.queryAsOwner("select picked from jobs.scheduled_tasks where task_instance = 'endless'"))
                .isEqualTo("t");

        JobRunner again = new JobRunner(database.database(), database.jdbc(), Clock.systemUTC(), data.toString());
        try {
            TestJob job = TestJob.everySecond("endless", () -> {});
            Instant start = Instant.now();
            again.bind(job);
            while (job.started.get() == 0) {
                assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
                Thread.sleep(20);
            }
        } finally {
            again.stop();
        }
    }

    @Test
    void anotherNodeTakesWhatHasNoHeartbeatAnyMore() throws Exception {
        JobRunner other = new JobRunner(database.database(), database.jdbc(), Clock.systemUTC(), "");
        try {
            Instant start = Instant.now();
            while ("null".equals(database.queryAsOwner("select to_regclass('jobs.scheduled_tasks')"))) {
                assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE);
                Thread.sleep(20);
            }
            database.executeAsOwner("insert into jobs.scheduled_tasks (task_name, task_instance, execution_time,"
                    + " picked, picked_by, last_heartbeat, version)"
                    + " values ('job', 'orphan', '2026-01-01', true, 'gone/1/1', '"
                    + Instant.now().minusSeconds(41) + "', 7)");
            TestJob job = TestJob.everySecond("orphan", () -> {});
            other.bind(job);
            while (job.started.get() == 0) {
                assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE);
                Thread.sleep(20);
            }
        } finally {
            other.stop();
        }
    }

    private Process start() throws IOException {
        DatabaseAddress address = database.address();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Node.class.getName(),
                address.jdbcUrl(),
                address.owner().user(),
                address.owner().password(),
                address.application().user(),
                address.application().password(),
                data.toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    /** Says "running" once its job runs, and never ends by itself. */
    static final class Node {
        private Node() {}

        public static void main(String[] arguments) {
            DatabaseAddress address = new Address(
                    arguments[0],
                    new DatabaseAddress.Login(arguments[1], arguments[2]),
                    new DatabaseAddress.Login(arguments[3], arguments[4]));
            PooledDatabase pool = new PooledDatabase(address, 4, 5_000);
            JobRunner runner = new JobRunner(pool, pool, Clock.systemUTC(), arguments[5]);
            runner.bind(TestJob.everySecond("endless", () -> {
                System.out.println("running");
                System.out.close();
                while (true) {
                    LockSupport.park();
                }
            }));
            LockSupport.park();
        }
    }

    private record Address(String jdbcUrl, Login owner, Login application) implements DatabaseAddress {}
}
