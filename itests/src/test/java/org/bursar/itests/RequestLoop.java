package org.bursar.itests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bursar.itests.Http.Answer;

/**
 * Callers of several capabilities who never stop asking. What is being swapped may refuse meanwhile, by a problem that
 * says so; everything else must go on answering as ever. The time of each answer from elsewhere is kept.
 */
final class RequestLoop implements AutoCloseable {
    private static final long PAUSE_MILLIS = 25;
    private static final long CALM_MILLIS = 250;
    private static final int MOST_SHOWN = 20;
    /** A capability that is swapped only when everything is. */
    private static final String EVERYBODY = "live";
    /** Nothing hangs, not even what is being swapped. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Thread> callers = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong worstNanos = new AtomicLong();
    private final Map<String, AtomicLong> refusals = new TreeMap<>();
    private volatile String slowest = "";
    private volatile Set<String> swapped = Set.of();
    private volatile boolean running = true;
    private volatile long pauseMillis = PAUSE_MILLIS;
    private long told;

    /** What one caller does again and again. */
    interface Script {
        void run(Asker asker);
    }

    /** A caller; its requests are timed and judged. */
    final class Asker {
        private final String capability;

        private Asker(String capability) {
            this.capability = capability;
        }

        /** Asks, and gives the answer if it is as it shall be; otherwise null. */
        Answer ask(Supplier<Answer> request, Predicate<Answer> good) {
            boolean before = swapped.contains(capability);
            boolean shut = swapped.contains(EVERYBODY);
            long start = System.nanoTime();
            Answer answer;
            try {
                answer = request.get();
            } catch (RuntimeException e) {
                // while the HTTP side itself is swapped, its port is closed
                if (!shut && !swapped.contains(EVERYBODY)) {
                    judge(before, capability + " got no answer: " + e + ", " + e.getCause());
                }
                return null;
            }
            long nanos = System.nanoTime() - start;
            requests.incrementAndGet();
            boolean free = before || swapped.contains(capability);
            if (!free) {
                slow(nanos, answer.request());
            } else if (nanos > PATIENCE.toNanos()) {
                failures.add(answer.request() + " hung for " + Duration.ofNanos(nanos));
            }
            if (test(good, answer)) {
                return answer;
            }
            if (free && refused(answer)) {
                refusals.computeIfAbsent(capability, name -> new AtomicLong()).incrementAndGet();
            } else {
                failures.add(
                        capability + ": " + answer.request() + " answered " + answer.status() + " " + answer.text());
            }
            return null;
        }
    }

    private static boolean test(Predicate<Answer> good, Answer answer) {
        try {
            return good.test(answer);
        } catch (AssertionError e) {
            return false;
        }
    }

    /** As RFC 9457 says it, that it is not there or not there yet. */
    private static boolean refused(Answer answer) {
        return answer.header("Content-Type").startsWith("application/problem+json")
                        && (answer.status() == 404 && answer.text().contains("not_found")
                                || answer.status() == 503
                                        && answer.text().contains("unavailable")
                                        && !answer.header("Retry-After").isEmpty())
                || notReady(answer);
    }

    /** Access that cannot be decided now: not allowed, and to be asked again. */
    static boolean notReady(Answer answer) {
        return answer.status() == 200
                && answer.text().contains("\"allowed\":false")
                && answer.text().contains("\"code\":\"not_ready\"")
                && !answer.header("Retry-After").isEmpty();
    }

    private void judge(boolean before, String failure) {
        if (running) {
            failures.add(failure + (before ? " (swapped)" : ""));
        }
    }

    private void slow(long nanos, String request) {
        if (worstNanos.accumulateAndGet(nanos, Math::max) == nanos) {
            slowest = request;
        }
    }

    /** Starts a caller of a capability. */
    RequestLoop caller(String capability, Script script) {
        synchronized (refusals) {
            refusals.put(capability, new AtomicLong());
        }
        Asker asker = new Asker(capability);
        Thread thread = new Thread(
                () -> {
                    while (running) {
                        script.run(asker);
                        pause();
                    }
                },
                "caller-" + capability);
        thread.setDaemon(true);
        callers.add(thread);
        return this;
    }

    RequestLoop start() {
        callers.forEach(Thread::start);
        return this;
    }

    /** From now on callers leave longer pauses: others need the machine as well. */
    RequestLoop calmly() {
        pauseMillis = CALM_MILLIS;
        return this;
    }

    private void pause() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on these capabilities may refuse. */
    void swapped(Set<String> capabilities) {
        swapped = Set.copyOf(capabilities);
    }

    /** How often a capability has refused since the last count. */
    long refusals(String capability) {
        return refusals.get(capability).getAndSet(0);
    }

    long requests() {
        return requests.get();
    }

    /** How many since the last time that this was asked. */
    long further() {
        long now = requests.get();
        long since = now - told;
        told = now;
        return since;
    }

    /** The worst answer from elsewhere since the last time that this was asked. */
    Duration worst() {
        return Duration.ofNanos(worstNanos.getAndSet(0));
    }

    String slowest() {
        return slowest;
    }

    /** How many requests went wrong. */
    int failed() {
        return failures.size();
    }

    List<String> failures() {
        return failures.stream().limit(MOST_SHOWN).toList();
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        for (Thread caller : callers) {
            caller.join(PATIENCE.toMillis());
        }
    }
}
