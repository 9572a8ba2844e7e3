package org.bursar.jobs.internal;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The scheduler and its threads, which are daemons: none keeps the platform from ending. */
final class JobThreads {
    /** Jobs that may run at once on a node. A job that hangs takes one of them for good. */
    private static final int THREADS = 12;

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** 40 s: longer than the half minute that a database may be out of reach while a job goes on. */
    private static final int MISSED_HEARTBEATS = 8;

    private static final Duration PATIENCE_AT_STOP = Duration.ofMillis(1_500);

    private final ExecutorService running = Executors.newFixedThreadPool(THREADS, daemons("jobs-run"));
    private final ExecutorService polling = Executors.newSingleThreadExecutor(daemons("jobs-poll"));
    private final ScheduledExecutorService housekeeping =
            Executors.newScheduledThreadPool(2, daemons("jobs-housekeeping"));
    private final Scheduler scheduler;

    JobThreads(DataSource source, PresentJobs jobs, Task<Tally> task, NodeName node, Clock clock) {
        scheduler = new OwnWaiter(source, List.of(task))
                .tableName("jobs.scheduled_tasks")
                .jdbcCustomization(new PresentJobsOnly(jobs))
                .serializer(new Tally.Text())
                .schedulerName(node::name)
                .clock(clock::instant)
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(PATIENCE_AT_STOP)
                .failureLogging(LogLevel.OFF, false)
                .threads(THREADS)
                .executorService(running)
                .dueExecutor(polling)
                .housekeeperExecutor(housekeeping)
                .build();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** Interrupts whatever is left. */
    void abandon() {
        running.shutdownNow();
        polling.shutdownNow();
        housekeeping.shutdownNow();
    }

    /** Whether every thread has ended. */
    boolean ended() {
        return running.isTerminated() && polling.isTerminated() && housekeeping.isTerminated();
    }

    static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + '-' + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Pauses by a clock that nobody can set: with the platform's, setting it back by an hour would stop polling for as
     * long.
     */
    private static final class OwnWaiter extends SchedulerBuilder {
        OwnWaiter(DataSource source, List<Task<?>> tasks) {
            super(source, tasks);
        }

        @Override
        protected Waiter buildWaiter() {
            return new Waiter(poolingInterval, () -> Instant.EPOCH.plusNanos(System.nanoTime()));
        }
    }
}
