package org.bursar.jobs.internal;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bursar.database.Database;
import org.bursar.database.JdbcSource;
import org.bursar.jobs.internal.sql.JobMapper;
import org.bursar.jobs.internal.sql.JobRow;
import org.bursar.kernel.RecurringJob;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every {@link RecurringJob} service that comes, once over all nodes of a database, for as long as it is there.
 *
 * <p>The scheduler takes turns in the table; this class keeps the table true: it adds rows for new jobs, and gives back
 * turns that were taken and came to nothing. It does so on a thread of its own every few seconds, so that neither its
 * start nor the coming of a job waits for the database; while the database is away, jobs wait, and go on when it is
 * back.
 */
@Component(service = JobRunner.class, immediate = true, configurationPid = "org.bursar.jobs")
@Designate(ocd = JobsConfig.class)
public final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int KEEP_SECONDS = 5;
    private static final Duration ABOUT_TO_RUN = Duration.ofSeconds(5);
    private static final Duration CLOCK_SET_BACK = Duration.ofMinutes(1);
    private static final long UNBIND_WAIT_MILLIS = 2_000;
    private static final long STOP_WAIT_MILLIS = 4_500;

    private final Database database;
    private final Clock clock;
    private final NodeName node;
    private final PresentJobs jobs = new PresentJobs();
    private final JobRuns runs;
    private final JobThreads threads;
    private final Scheduler scheduler;
    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(JobThreads.daemons("jobs-keeper"));
    private volatile @Nullable JobMapper table;
    private boolean waiting;
    private int seconds;

    @Activate
    public JobRunner(
            @Reference Database database, @Reference JdbcSource source, @Reference Clock clock, JobsConfig config) {
        this(database, source, clock, config.data());
    }

    /** The node keeps its name while it runs: another data folder counts from the next start. */
    @Modified
    void configure(JobsConfig config) {
        LOG.debug("configured with {}", config.data());
    }

    /** Starts to run jobs as soon as the database can be reached. */
    JobRunner(Database database, JdbcSource source, Clock clock, String dataFolder) {
        this.database = database;
        this.clock = clock;
        node = NodeName.in(dataFolder, clock);
        runs = new JobRuns(jobs, clock);
        threads = new JobThreads(new JdbcDataSource(source), jobs, runs.task(), node, clock);
        scheduler = threads.scheduler();
        var unused = keeper.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(RecurringJob job) {
        jobs.add(job);
        try {
            keeper.execute(this::keep);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping", e);
        }
    }

    void unbind(RecurringJob job) {
        jobs.remove(job);
        if (!runs.cutOff(job, UNBIND_WAIT_MILLIS)) {
            LOG.warn("{} still runs although its service is gone", job.getClass());
        }
    }

    /** Every few seconds, and every second while the database is away, so that its return is seen at once. */
    private void tick() {
        if (waiting || seconds++ % KEEP_SECONDS == 0) {
            keep();
        }
    }

    /** Keeps the table true. Whatever goes wrong here is tried again in a few seconds. */
    private void keep() {
        try {
            JobMapper mapper = table;
            if (mapper == null) {
                mapper = database.mapper("jobs", JobMapper.class);
                table = mapper;
                scheduler.start();
            }
            keep(mapper);
            if (waiting) {
                waiting = false;
                scheduler.resume();
                LOG.info("the database is back: jobs go on");
            }
        } catch (Throwable e) {
            // also an Error: thrown to the executor it would end this thread's work for good
            if (!waiting && !keeper.isShutdown()) {
                waiting = true;
                scheduler.pause();
                LOG.warn("jobs wait until the database can be reached", e);
            }
        }
    }

    private void keep(JobMapper mapper) {
        List<PresentJob> present = jobs.all();
        String[] names = present.stream().map(PresentJob::name).toArray(String[]::new);
        Long[] everyMillis = present.stream().map(job -> job.every().toMillis()).toArray(Long[]::new);
        boolean added = database.withoutTenant(() -> {
            Instant now = clock.instant();
            int rows = mapper.add(now, names);
            int released = mapper.release(
                    node.name(),
                    node.everyLife(),
                    node.thisProcess(),
                    running(),
                    now.minus(ABOUT_TO_RUN),
                    now.plus(CLOCK_SET_BACK));
            return rows + released + mapper.bringForward(now, names, everyMillis) > 0;
        });
        if (added) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    /** What runs here, including what the scheduler is about to start or to write the end of. */
    private String[] running() {
        Set<String> names = new TreeSet<>(runs.names());
        scheduler
                .getCurrentlyExecuting()
                .forEach(run -> names.add(run.getTaskInstance().getId()));
        return names.toArray(String[]::new);
    }

    /** What is known of every job, here or elsewhere, in the order of their names. */
    public List<JobState> states() {
        JobMapper mapper = table;
        List<JobRow> rows = mapper == null ? List.of() : database.withoutTenant(mapper::all);
        List<JobState> states = new ArrayList<>();
        for (JobRow row : rows) {
            states.add(state(row));
        }
        return states;
    }

    private JobState state(JobRow row) {
        Tally tally = Tally.of(row.taskData());
        Optional<Instant> lastFailure = Optional.ofNullable(row.lastFailure());
        Integer inARow = row.consecutiveFailures();
        return new JobState(
                row.taskInstance(),
                jobs.find(row.taskInstance()).map(PresentJob::every),
                row.picked() ? Optional.ofNullable(row.pickedBy()) : Optional.empty(),
                Stream.concat(Stream.ofNullable(row.lastSuccess()), lastFailure.stream())
                        .max(Instant::compareTo),
                row.picked() ? Optional.empty() : Optional.of(row.executionTime()),
                Optional.ofNullable(row.lastSuccess()),
                lastFailure,
                tally.runs(),
                tally.failures(),
                inARow == null ? 0 : inARow);
    }

    /** Stops: running jobs have a moment to end, then they are interrupted. Takes less than 5 s whatever they do. */
    @Deactivate
    void stop() {
        runs.stopping();
        keeper.shutdownNow();
        // the scheduler's own stop waits for the database, which may not answer
        Thread stopper = JobThreads.daemons("jobs-stop").newThread(this::stopScheduler);
        stopper.start();
        try {
            stopper.join(STOP_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.abandon();
        node.close();
        if (!threads.ended()) {
            LOG.warn("jobs that do not end were left behind: {}", runs.names());
        }
    }

    private void stopScheduler() {
        scheduler.stop();
        JobMapper mapper = table;
        if (mapper != null) {
            try {
                int released = database.withoutTenant(() -> mapper.releaseAll(node.name(), running()));
                LOG.debug("{} turns given back", released);
            } catch (RuntimeException e) {
                LOG.info("turns that were taken could not be given back; other nodes find them by their age", e);
            }
        }
    }
}
