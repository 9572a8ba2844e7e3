package org.bursar.itests;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that write through the HTTP interface as an application does: usage events with ids, holds that are settled, and
 * adjustments with Idempotency-Keys. A write that is not acknowledged is sent again, the same, until it is; what was acknowledged is
 * remembered by its mark.
 */
final class Load implements AutoCloseable {
    /** What is written. */
    enum Kind {
        EVENT,
        ADJUSTMENT,
        HOLD
    }

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final long PAUSE_MILLIS = 50;

    private final Http app;
    private final List<String> customers;
    private final List<Kind> kinds;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private final Queue<String> brokenOff = new ConcurrentLinkedQueue<>();
    private final AtomicLong worstNanos = new AtomicLong();
    private final ConcurrentHashMap<Kind, Long> lastBegunAndAcknowledged = new ConcurrentHashMap<>();
    private volatile long measuredFrom = System.nanoTime();
    private volatile boolean stopping;

    private Load(Http app, List<String> customers, List<Kind> kinds) {
        this.app = app;
        this.customers = customers;
        this.kinds = kinds;
    }

    /** Starts so many threads of each kind; of all kinds, if none is named. */
    static Load start(Http app, List<String> customers, int threadsOfEachKind, Kind... kinds) {
        Load load = new Load(app, customers, List.of(kinds.length == 0 ? Kind.values() : kinds));
        for (Kind kind : load.kinds) {
            for (int i = 0; i < threadsOfEachKind; i++) {
                Thread thread = new Thread(() -> load.write(kind), "load-" + kind);
                thread.setDaemon(true);
                thread.start();
                load.threads.add(thread);
            }
        }
        return load;
    }

    /** Marks of writes that were answered with success. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Marks of all writes that were ever sent. */
    Set<String> sent() {
        return sent;
    }

    /** Answers that are neither a success nor 503 with Retry-After. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    long refused() {
        return refused.get();
    }

    /** Requests that ended without an answer, although a connection had been made. */
    List<String> brokenOff() {
        return List.copyOf(brokenOff);
    }

    /** From now on only requests that begin from now on are measured. */
    void measure() {
        measuredFrom = System.nanoTime();
        worstNanos.set(0);
    }

    /** The slowest answer to a request that was begun since {@link #measure()}. */
    Duration worst() {
        return Duration.ofNanos(worstNanos.get());
    }

    /** Whether each kind had a write acknowledged that was begun after that time of System.nanoTime(). */
    boolean goesOnSince(long nanos) {
        for (Kind kind : kinds) {
            Long begun = lastBegunAndAcknowledged.get(kind);
            if (begun == null || begun - nanos < 0) {
                return false;
            }
        }
        return true;
    }

    private void write(Kind kind) {
        while (!stopping) {
            long number = NUMBERS.incrementAndGet();
            String mark = kind + "-" + number;
            String customer = customers.get((int) (number % customers.size()));
            sent.add(mark);
            try {
                boolean done = switch (kind) {
                    case EVENT -> event(mark, customer);
                    case ADJUSTMENT -> adjustment(mark, customer);
                    case HOLD -> hold(mark, customer);
                };
                if (done) {
                    acknowledged.add(mark);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean event(String mark, String customer) throws InterruptedException {
        String body = "[" + Bodies.event(mark, "voice-minutes", customer, Instant.now(), "1") + "]";
        Http.Answer answer =
                acknowledged(Kind.EVENT, app, "/api/v1/usage-events", "application/cloudevents-batch+json", body);
        if (answer == null) {
            return false;
        }
        String status = answer.at("/results/0/status");
        if (!status.equals("accepted") && !status.equals("duplicate")) {
            wrong.add(mark + ": " + answer.text());
            return false;
        }
        return true;
    }

    private boolean adjustment(String mark, String customer) throws InterruptedException {
        Http keyed = app.with("Idempotency-Key", mark);
        String body = "{\"operation\": \"add\", \"amount\": \"1.00\", \"reason\": \"%s\"}".formatted(mark);
        return acknowledged(
                        Kind.ADJUSTMENT,
                        keyed,
                        "/api/v1/wallets/" + customer + "/adjustments",
                        "application/json",
                        body)
                != null;
    }

    private boolean hold(String mark, String customer) throws InterruptedException {
        String body = "{\"customer\": \"%s\", \"amount\": \"0.50\", \"ttlSeconds\": 600, \"usageEvent\": \"%s\"}"
                .formatted(customer, mark);
        Http.Answer held =
                acknowledged(Kind.HOLD, app.with("Idempotency-Key", mark), "/api/v1/holds", "application/json", body);
        if (held == null) {
            return false;
        }
        return acknowledged(
                        Kind.HOLD,
                        app.with("Idempotency-Key", mark + "-settle"),
                        "/api/v1/holds/" + held.at("/id") + "/settle",
                        "application/json",
                        "{\"amount\": \"0.25\"}")
                != null;
    }

    /** The answer of success; null when the load ends before there is one. */
    private Http.Answer acknowledged(Kind kind, Http caller, String path, String type, String body)
            throws InterruptedException {
        while (true) {
            long begun = System.nanoTime();
            try {
                Http.Answer answer = caller.post(path, type, body);
                if (begun - measuredFrom >= 0) {
                    worstNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
                }
                if (answer.status() < 300) {
                    lastBegunAndAcknowledged.merge(kind, begun, Math::max);
                    return answer;
                }
                judge(answer);
                if (answer.header("Connection").equals("close")) {
                    // a node that is stopping: it is left alone for as long as it says
                    Thread.sleep(Duration.ofSeconds(1).toMillis());
                }
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof ConnectException)) {
                    brokenOff.add(e.getMessage() + ": " + e.getCause());
                }
            }
            if (stopping) {
                return null;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Try again later, or: the first try, whose outcome is not known yet, still holds the key. */
    private void judge(Http.Answer answer) {
        boolean later = answer.status() == 503
                && answer.text().contains("\"unavailable\"")
                && !answer.header("Retry-After").isEmpty();
        if (later) {
            refused.incrementAndGet();
        } else if (answer.status() != 409 || !answer.text().contains("\"request_in_progress\"")) {
            wrong.add(answer.request() + " " + answer.status() + " " + answer.text());
        }
    }

    /** Ends after the write that each thread is at, acknowledged or not. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(60).toMillis());
        }
    }
}
