package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.purchases.GatewayTraffic;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls gateways. Each gateway has a few threads of its own, so that one that hangs holds up its own purchases only. Whatever
 * it throws, and whatever comes too late, is "unknown"; what never began is "not executed".
 */
@Component(service = {GatewayCalls.class, GatewayTraffic.class})
public final class GatewayCalls implements GatewayTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCalls.class);
    /** Together as many requests as may wait for a gateway that hangs; a provider takes its time, so most of them are being asked. */
    private static final int THREADS = 12;

    private static final int WAITING = 8;
    private static final int IDLE_SECONDS = 30;
    private static final int LONGEST_DETAIL = 500;
    private static final long GLANCE_MILLIS = 10;

    private final GatewayServices services;
    private final Clock clock;
    private final Map<String, Bulkhead> bulkheads = new ConcurrentHashMap<>();
    private final Map<String, Instant> paused = new ConcurrentHashMap<>();
    private final Map<Outcome, LongAdder> outcomes = new ConcurrentHashMap<>();

    /** What calls of a gateway came to: answered, refused, unknown or absent. */
    record Outcome(String gateway, String word) {}

    @Activate
    public GatewayCalls(@Reference GatewayServices services, @Reference Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @Deactivate
    void close() {
        bulkheads.values().forEach(bulkhead -> bulkhead.threads().shutdownNow());
    }

    @Override
    public Pause pause(String gateway) {
        paused.put(gateway, clock.instant());
        return new Paused(gateway);
    }

    /** Since when no call of a gateway begins; empty when calls do. */
    Optional<Instant> pausedSince(String gateway) {
        return Optional.ofNullable(paused.get(gateway));
    }

    private final class Paused implements Pause {
        private final String gateway;

        Paused(String gateway) {
            this.gateway = gateway;
        }

        @Override
        public boolean awaitQuiet(Duration patience) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            while (underWay() > 0) {
                if (System.nanoTime() - end >= 0) {
                    return false;
                }
                Thread.sleep(GLANCE_MILLIS);
            }
            return true;
        }

        private int underWay() {
            Bulkhead bulkhead = bulkheads.get(gateway);
            return bulkhead == null ? 0 : bulkhead.underWay().get();
        }

        @Override
        public void close() {
            // what a call has left on its thread, and a call that never ends, go with the gateway that they are of
            Bulkhead former = bulkheads.remove(gateway);
            if (former != null) {
                former.threads().shutdown();
            }
            paused.remove(gateway);
        }
    }

    /** A gateway's threads, and how many calls they have to do. */
    private record Bulkhead(ThreadPoolExecutor threads, AtomicInteger underWay) {
        /** False when the gateway is paused; whoever pauses it sees the call, or the call sees the pause. */
        boolean takes(Runnable call, Map<String, Instant> paused, String gateway) {
            underWay.incrementAndGet();
            boolean begun = false;
            try {
                if (!paused.containsKey(gateway)) {
                    threads.execute(call);
                    begun = true;
                }
                return begun;
            } finally {
                if (!begun) {
                    underWay.decrementAndGet();
                }
            }
        }

        void remove(Runnable call) {
            if (threads.remove(call)) {
                underWay.decrementAndGet();
            }
        }
    }

    /** What is asked of a gateway. */
    interface Question<T> {
        @Nullable
        T ask(PaymentGateway gateway, Instant deadline) throws GatewayException;
    }

    /** How many calls since the start came to what. */
    Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> counts = new HashMap<>();
        outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        return counts;
    }

    /** Calls that are being answered or wait for a thread, by gateway. */
    Map<String, Integer> inFlight() {
        Map<String, Integer> counts = new HashMap<>();
        bulkheads.forEach(
                (gateway, bulkhead) -> counts.put(gateway, bulkhead.underWay().get()));
        return counts;
    }

    /** Asks a gateway, on a thread of its own, and waits for as long as the patience allows. */
    <T> GatewayOutcome<T> call(String gateway, Duration patience, Question<T> question) {
        GatewayOutcome<T> outcome = called(gateway, patience, question);
        String word = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        outcomes.computeIfAbsent(new Outcome(gateway, word), key -> new LongAdder())
                .increment();
        return outcome;
    }

    private <T> GatewayOutcome<T> called(String gateway, Duration patience, Question<T> question) {
        if (!services.present(gateway)) {
            return new GatewayOutcome.Absent<>();
        }
        Instant deadline = clock.instant().plus(patience);
        AtomicBoolean taken = new AtomicBoolean();
        FutureTask<GatewayOutcome<T>> task = new FutureTask<>(() -> taken.compareAndSet(false, true)
                ? asked(gateway, deadline, question)
                : new GatewayOutcome.Unknown<>("given up"));
        Bulkhead bulkhead = bulkheads.computeIfAbsent(gateway, GatewayCalls::bulkhead);
        Runnable counted = () -> {
            try {
                task.run();
            } finally {
                bulkhead.underWay().decrementAndGet();
            }
        };
        try {
            if (!bulkhead.takes(counted, paused, gateway)) {
                return new GatewayOutcome.Absent<>();
            }
        } catch (RejectedExecutionException e) {
            return new GatewayOutcome.Refused<>(
                    Kind.NOT_EXECUTED, "too many calls wait for the gateway", Optional.empty());
        }
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            bulkhead.remove(counted);
            return abandoned(task, taken, "no answer within " + patience.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            bulkhead.remove(counted);
            return abandoned(task, taken, "interrupted");
        } catch (ExecutionException e) {
            return unknown(gateway, e.getCause() == null ? e : e.getCause());
        }
    }

    private static <T> GatewayOutcome<T> abandoned(FutureTask<?> task, AtomicBoolean taken, String why) {
        boolean neverBegan = taken.compareAndSet(false, true);
        task.cancel(true);
        return neverBegan
                ? new GatewayOutcome.Refused<>(Kind.NOT_EXECUTED, "the gateway is busy", Optional.empty())
                : new GatewayOutcome.Unknown<>(why);
    }

    @SuppressWarnings("CatchingUnchecked")
    private <T> GatewayOutcome<T> asked(String id, Instant deadline, Question<T> question) {
        Optional<GatewayServices.Lease> found = services.lease(id);
        if (found.isEmpty()) {
            return new GatewayOutcome.Absent<>();
        }
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        try (GatewayServices.Lease lease = found.get();
                CallEnd call = CallEnd.begin()) {
            // libraries that a gateway embeds look classes up by name
            thread.setContextClassLoader(lease.gateway().getClass().getClassLoader());
            T answer = question.ask(lease.gateway(), deadline);
            return answer == null
                    ? new GatewayOutcome.Unknown<>("the gateway answered null")
                    : new GatewayOutcome.Answered<>(answer);
        } catch (GatewayException e) {
            return e.kind() == Kind.OUTCOME_UNKNOWN
                    ? new GatewayOutcome.Unknown<>(shortened(e))
                    : new GatewayOutcome.Refused<>(e.kind(), shortened(e), e.retryAfter());
        } catch (Throwable e) {
            // LinkageError included: an update during the call makes classes disappear
            return unknown(id, e);
        } finally {
            thread.setContextClassLoader(former);
        }
    }

    private static <T> GatewayOutcome<T> unknown(String id, Throwable failure) {
        LOG.warn("gateway {} failed with {}", id, failure.getClass().getName());
        return new GatewayOutcome.Unknown<>(failure.getClass().getName());
    }

    private static String shortened(GatewayException e) {
        String text = e.kind().name().toLowerCase(Locale.ROOT) + ": " + e.getMessage();
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL);
    }

    private static Bulkhead bulkhead(String gateway) {
        AtomicInteger counter = new AtomicInteger();
        ThreadFactory threads = work -> {
            Thread thread = new Thread(work, "gateway-" + gateway + "-" + counter.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), threads);
        executor.allowCoreThreadTimeOut(true);
        return new Bulkhead(executor, new AtomicInteger());
    }
}
