package org.bursar.webhooks.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.WebhookEndpointId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds addresses for which something is due and sends to several of them at once, to each one thing after the other. An address
 * that fails is left alone for a while, longer each time, so that those that hang do not hold up the others. The order of events is
 * not promised: what is tried again comes after what is new.
 */
@Component(service = {WebhookSending.class, RecurringJob.class})
public final class WebhookSending implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSending.class);
    private static final int THREADS = 8;
    private static final int WAITING = 256;
    private static final int IDLE_SECONDS = 30;
    private static final int MOST_A_TURN = 100;

    /** What others have written, and what is due again, is found at the latest after that. */
    private static final Duration WALK = Duration.ofSeconds(5);

    private final Database database;
    private final TenantDirectory tenants;
    private final EventOutbox outbox;
    private final DeliveryAttempt attempts;
    private final Clock clock;
    private final ThreadPoolExecutor pool;
    private final Map<Busy, Boolean> busy = new ConcurrentHashMap<>();
    private volatile Instant lastWalk = Instant.MIN;
    private volatile boolean closed;

    private record Busy(TenantId tenant, WebhookEndpointId endpoint) {}

    @Activate
    public WebhookSending(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference EventOutbox outbox,
            @Reference DeliveryAttempt attempts,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.outbox = outbox;
        this.attempts = attempts;
        this.clock = clock;
        AtomicInteger counter = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "webhooks-" + counter.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    @Deactivate
    void close() {
        closed = true;
        pool.shutdownNow();
    }

    @Override
    public String name() {
        return "webhook-sending";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        for (TenantId tenant : turn()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            try {
                List<WebhookEndpointId> due =
                        database.transact(scope, () -> attempts.mapper().due(tenant, clock.instant()));
                due.forEach(endpoint -> begin(scope, endpoint));
            } catch (RuntimeException e) {
                // what is due is found again by the next walk; another tenant must not wait for it
                LOG.warn("what is due to the addresses of tenant {} could not be read", tenant, e);
            }
        }
    }

    private Set<TenantId> turn() {
        Set<TenantId> turn = new LinkedHashSet<>(outbox.takeWaiting());
        Instant now = clock.instant();
        if (now.isBefore(lastWalk) || !now.isBefore(lastWalk.equals(Instant.MIN) ? now : lastWalk.plus(WALK))) {
            lastWalk = now;
            turn.addAll(tenants.all());
        }
        return turn;
    }

    private void begin(Scope scope, WebhookEndpointId endpoint) {
        Busy one = new Busy(scope.tenant(), endpoint);
        if (closed || busy.putIfAbsent(one, Boolean.TRUE) != null) {
            return;
        }
        try {
            pool.execute(() -> {
                try {
                    send(scope, endpoint);
                } finally {
                    busy.remove(one);
                }
            });
        } catch (RejectedExecutionException e) {
            busy.remove(one);
            outbox.again(scope.tenant());
        }
    }

    private void send(Scope scope, WebhookEndpointId endpoint) {
        try {
            for (int count = 0; count < MOST_A_TURN; count++) {
                Optional<Boolean> arrived = attempts.next(scope, endpoint);
                if (arrived.isEmpty()
                        || !arrived.get()
                        || Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
            // the others' turn
            outbox.again(scope.tenant());
        } catch (RuntimeException e) {
            LOG.warn("webhook endpoint {} of tenant {} could not be served", endpoint, scope.tenant(), e);
        }
    }

    /** Whether nothing is being sent from here. */
    boolean idle() {
        return busy.isEmpty();
    }
}
