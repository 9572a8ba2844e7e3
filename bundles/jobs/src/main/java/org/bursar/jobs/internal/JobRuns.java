package org.bursar.jobs.internal;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.kernel.RecurringJob;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the scheduler calls when a job's turn has come, and the runs that are going on. */
final class JobRuns {
    /** The scheduler's name for all our jobs; which one it is says the instance. */
    static final String TASK = "job";

    private static final Logger LOG = LoggerFactory.getLogger(JobRuns.class);

    private final PresentJobs jobs;
    private final Clock clock;
    private final Map<String, JobRun> going = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    JobRuns(PresentJobs jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    Task<Tally> task() {
        return Tasks.custom(TASK, Tally.class)
                .onFailure(this::failed)
                .onDeadExecution(this::dead)
                .execute(this::execute);
    }

    /** The names of the jobs that run on this node right now. */
    List<String> names() {
        return List.copyOf(going.keySet());
    }

    /** From now on a run that ends by an exception counts as cut off: it was not the job's fault. */
    void stopping() {
        stopping = true;
    }

    /**
     * Interrupts the runs of a job whose service goes, and waits a little, so that its code does not outlive its
     * bundle. While everything stops it does not wait: that has been done for all at once.
     *
     * @return whether nothing of it runs any more
     */
    boolean cutOff(RecurringJob job, long waitMillis) {
        boolean ended = true;
        for (JobRun run : going.values()) {
            if (run.job().job() == job) {
                run.cutOff();
                try {
                    ended &= run.awaitEnd(stopping ? 0 : waitMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return ended;
    }

    private CompletionHandler<Tally> execute(TaskInstance<Tally> turn, ExecutionContext context) {
        Optional<PresentJob> job = jobs.find(turn.getId());
        if (job.isEmpty()) {
            // its bundle went since the row was read: the row is given back by JobRunner, as if it had never been taken
            return (complete, operations) -> {};
        }
        JobRun run = new JobRun(job.get());
        if (going.putIfAbsent(turn.getId(), run) != null) {
            return (complete, operations) -> {};
        }
        try {
            run.go();
        } catch (Throwable e) {
            throw new RunFailed(e, job.get().every(), stopping || run.wasCutOff());
        } finally {
            going.remove(turn.getId(), run);
        }
        Duration every = job.get().every();
        return (complete, operations) -> succeeded(complete, operations, every);
    }

    private void succeeded(ExecutionComplete complete, ExecutionOperations<Tally> operations, Duration every) {
        int failures = complete.getExecution().consecutiveFailures;
        if (failures > 0) {
            LOG.info(
                    "job {} works again after {} failures",
                    complete.getExecution().getId(),
                    failures);
        }
        operations.reschedule(
                complete, clock.instant().plus(every), tally(complete).succeeded());
    }

    private void failed(ExecutionComplete complete, ExecutionOperations<Tally> operations) {
        Throwable cause = complete.getCause().orElseThrow();
        if (cause instanceof RunFailed run && run.cutOff) {
            // left as it is: JobRunner gives the row back, so that another node or the next start takes it at once
            return;
        }
        Duration every = cause instanceof RunFailed run ? run.every : Duration.ofSeconds(1);
        log(
                complete.getExecution().getId(),
                complete.getExecution().consecutiveFailures + 1,
                cause instanceof RunFailed ? cause.getCause() : cause);
        operations.reschedule(
                complete, clock.instant().plus(every), tally(complete).failed());
    }

    /**
     * A job that fails every second must not fill the log: whole at first, then a line whenever the count has doubled.
     */
    private static void log(String name, int failures, @Nullable Throwable cause) {
        if (failures == 1) {
            LOG.error("job {} failed; it is tried again at its next turn", name, cause);
        } else if (Integer.bitCount(failures) == 1) {
            LOG.error("job {} failed {} times in a row: {}", name, failures, String.valueOf(cause));
        }
    }

    /** The node that ran it has not been heard of: its work is done again from where the job finds it. */
    private void dead(ExecutionComplete complete, ExecutionOperations<Tally> operations) {
        LOG.warn(
                "job {} was left behind by {}; it runs again",
                complete.getExecution().getId(),
                complete.getExecution().pickedBy);
        operations.reschedule(complete, clock.instant());
    }

    private static Tally tally(ExecutionComplete complete) {
        Object data = complete.getExecution().taskInstance.getData();
        return data == null ? Tally.NONE : (Tally) data;
    }

    /** Carries what the failure handler has to know of the run. */
    private static final class RunFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Duration every;
        private final boolean cutOff;

        RunFailed(Throwable cause, Duration every, boolean cutOff) {
            super(cause.getMessage(), cause, false, false);
            this.every = every;
            this.cutOff = cutOff;
        }
    }
}
