package org.bursar.database;

import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for what arrives while the one before it is being committed, so that a crowd of small writes costs a few commits
 * and not one each. There is no thread of its own: whoever comes first runs at once, and the next batch is run by the first who
 * waits for it. A caller alone pays nothing for it. In a crowd those who were answered a moment ago are about to come again, so a
 * batch that would be much smaller than the one before waits for them, at most as long as that one took and {@value
 * #LONGEST_GATHERING_MILLIS} ms: that time they need the processors anyway.
 *
 * <p>A call returns when its part is committed, or throws when it is not, or not known to be. Parts with different keys never
 * share a transaction. Not to be called from within a transaction, whose commit it could not wait for.
 *
 * @param <K> what parts of one transaction have in common
 * @param <P> a part
 * @param <R> what becomes of a part
 */
public final class GroupCommit<K, P, R> {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LONGEST_GATHERING_MILLIS = 8;

    /** How many lines without anybody in them are kept for what they remember. */
    private static final int IDLE_LINES = 1_000;

    private final int most;
    private final ToIntFunction<P> weight;
    private final Batch<K, P, R> batch;
    private final Map<K, Line<P, R>> lines = new HashMap<>();

    /**
     * Nothing waits yet.
     *
     * @param most what the parts of one transaction may weigh together; one alone may weigh more
     * @param batch runs one transaction; called by one thread at a time for a key, but for what it does after it said that it
     *     commits, and for parts that are tried alone after that
     */
    public GroupCommit(int most, ToIntFunction<P> weight, Batch<K, P, R> batch) {
        this.most = most;
        this.weight = weight;
        this.batch = batch;
    }

    /** Runs a transaction. */
    @FunctionalInterface
    public interface Batch<K, P, R> {
        /**
         * Runs the parts in one transaction, in the order in which they came.
         *
         * @param committing to be called within the transaction when only its commit is left: the next one begins then, while the
         *     disk is waited for. What it locks it gets after that commit. Who does not call it is followed when it has ended
         * @return a result for each part, in the same order
         */
        List<R> run(K key, List<P> parts, Runnable committing);
    }

    /** Those who wait for one key. */
    private static final class Line<P, R> {
        private final Deque<Ticket<P, R>> waiting = new ArrayDeque<>();
        private boolean busy;
        private int lastSize;
        private long lastNanos;

        /** How many the leader waits for; zero when it does not. */
        private int wanted;
    }

    /** One caller's part and what became of it. Its state is guarded by the ticket itself. */
    private static final class Ticket<P, R> {
        private final P part;
        private boolean leads;
        private boolean taken;
        private boolean done;
        private @Nullable R result;
        private @Nullable RuntimeException failure;

        Ticket(P part) {
            this.part = part;
        }

        /** Waits until it is done or it is this caller's turn to lead; false when neither came in time. */
        synchronized boolean await() {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            boolean interrupted = false;
            while (!done && !leads) {
                long left = deadline - System.nanoTime();
                if (!taken && left <= 0) {
                    break;
                }
                try {
                    // what is taken is in a transaction, whose time is bounded elsewhere
                    TimeUnit.NANOSECONDS.timedWait(this, taken ? PATIENCE_NANOS : left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return done || leads;
        }

        synchronized void take() {
            taken = true;
        }

        synchronized void lead() {
            leads = true;
            notifyAll();
        }

        synchronized boolean leads() {
            return leads && !done;
        }

        synchronized void end(@Nullable R value, @Nullable RuntimeException thrown) {
            result = value;
            failure = thrown;
            done = true;
            notifyAll();
        }

        synchronized void abandon() {
            if (!done) {
                end(null, new IllegalStateException("the transaction was not run to its end"));
            }
        }

        synchronized R outcome() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(result);
        }
    }

    /**
     * Runs a part, alone or with others.
     *
     * @throws DatabaseException as the transaction; also when it was not this part's turn within three seconds: then nothing of it
     *     was done
     */
    public R submit(K key, P part) {
        Ticket<P, R> ticket = new Ticket<>(part);
        boolean first;
        synchronized (lines) {
            Line<P, R> line = lines.computeIfAbsent(key, any -> new Line<>());
            first = !line.busy;
            line.busy = true;
            line.waiting.add(ticket);
            if (line.wanted > 0 && line.waiting.size() >= line.wanted) {
                lines.notifyAll();
            }
        }
        if (!first && !ticket.await() && leave(key, ticket)) {
            throw new DatabaseException(
                    new SQLTransientConnectionException("those before it took too long", "08001"), null);
        }
        if (first || ticket.leads()) {
            lead(key);
        }
        return ticket.outcome();
    }

    /** Whether it could still leave; otherwise it has been taken or leads by now, and its outcome is there or is being made. */
    private boolean leave(K key, Ticket<P, R> ticket) {
        synchronized (lines) {
            Line<P, R> line = lines.get(key);
            // the head of the line may have been told to lead just now
            if (line != null && !ticket.leads() && line.waiting.remove(ticket)) {
                return true;
            }
        }
        ticket.await();
        return false;
    }

    private void lead(K key) {
        List<Ticket<P, R>> taken = new ArrayList<>();
        synchronized (lines) {
            gather(line(key));
            int load = 0;
            Iterator<Ticket<P, R>> waiting = line(key).waiting.iterator();
            while (waiting.hasNext()) {
                Ticket<P, R> next = waiting.next();
                load += weight.applyAsInt(next.part);
                if (!taken.isEmpty() && load > most) {
                    break;
                }
                next.take();
                taken.add(next);
                waiting.remove();
            }
        }
        long began = System.nanoTime();
        AtomicBoolean followed = new AtomicBoolean();
        Runnable follow = () -> {
            if (followed.compareAndSet(false, true)) {
                handOver(key, taken.size(), System.nanoTime() - began);
            }
        };
        List<Runnable> answers = new ArrayList<>(taken.size());
        try {
            run(key, taken, answers, follow);
        } finally {
            // before those who were served wake up and want the processors
            follow.run();
            answers.forEach(Runnable::run);
            // nobody waits for ever, whatever was thrown
            taken.forEach(Ticket::abandon);
        }
    }

    /** Waits for those who are about to come again. */
    private void gather(Line<P, R> line) {
        int wanted = line.lastSize * 3 / 4;
        long end =
                System.nanoTime() + Math.min(line.lastNanos, TimeUnit.MILLISECONDS.toNanos(LONGEST_GATHERING_MILLIS));
        line.wanted = wanted;
        long left = end - System.nanoTime();
        try {
            while (line.waiting.size() < wanted && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(lines, Math.max(left, 1));
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.wanted = 0;
    }

    private Line<P, R> line(K key) {
        return Objects.requireNonNull(lines.get(key));
    }

    /** The next in the line leads, if there is one. */
    private void handOver(K key, int size, long nanos) {
        synchronized (lines) {
            Line<P, R> line = line(key);
            line.lastSize = size;
            line.lastNanos = nanos;
            Ticket<P, R> next = line.waiting.peek();
            if (next != null) {
                next.lead();
                return;
            }
            line.busy = false;
            if (lines.size() > IDLE_LINES) {
                lines.values().removeIf(idle -> !idle.busy);
            }
        }
    }

    /** Runs them and says how each is to be answered. */
    private void run(K key, List<Ticket<P, R>> tickets, List<Runnable> answers, Runnable follow) {
        try {
            List<R> results =
                    batch.run(key, tickets.stream().map(ticket -> ticket.part).toList(), follow);
            for (int i = 0; i < tickets.size(); i++) {
                Ticket<P, R> ticket = tickets.get(i);
                R result = results.get(i);
                answers.add(() -> ticket.end(result, null));
            }
        } catch (RuntimeException e) {
            // with PostgreSQL away nobody knows what is committed, or nothing can be: every caller comes again
            if (tickets.size() == 1 || e instanceof DatabaseException database && database.unavailable()) {
                tickets.forEach(ticket -> answers.add(() -> ticket.end(null, e)));
            } else {
                // one of them spoils it for all: it was rolled back, and each is judged alone
                tickets.forEach(ticket -> run(key, List.of(ticket), answers, follow));
            }
        }
    }
}
