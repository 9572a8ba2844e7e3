package org.bursar.purchases.internal;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at purchases soon after something hinted at them, on this node. Hints that come close together make one look. The queue
 * forgets everything when the node dies, and takes no more than it can hold: the purchase is due all the same, and the job
 * {@link PurchaseReconciliation} finds it within half a minute.
 */
@Component(service = LookQueue.class)
public final class LookQueue {
    private static final Logger LOG = LoggerFactory.getLogger(LookQueue.class);
    private static final int THREADS = 8;
    /** So that a gateway that hangs leaves the others half of these threads, and looks leave checkouts most of the gateway's. */
    private static final int OF_A_GATEWAY = 4;

    private static final int MOST_WAITING = 4_000;
    private static final long SOON_MILLIS = 100;
    private static final long BUSY_MILLIS = 300;
    private static final long IDLE_SECONDS = 30;

    private final PurchaseLooks looks;
    private final Set<Wanted> waiting = ConcurrentHashMap.newKeySet();
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor threads;

    private record Wanted(TenantId tenant, PurchaseId purchase) {}

    @Activate
    public LookQueue(@Reference PurchaseLooks looks) {
        this.looks = looks;
        AtomicInteger number = new AtomicInteger();
        threads = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(work, "purchase-look-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Deactivate
    void close() {
        threads.shutdownNow();
    }

    /** How many wait. */
    int waiting() {
        return waiting.size();
    }

    /** Looks at a purchase that was made due, soon. */
    void soon(Scope scope, String gateway, PurchaseId id) {
        Wanted wanted = new Wanted(scope.tenant(), id);
        if (waiting.size() < MOST_WAITING && waiting.add(wanted)) {
            schedule(scope, gateway, wanted, SOON_MILLIS);
        }
    }

    private void schedule(Scope scope, String gateway, Wanted wanted, long millis) {
        try {
            var unused = threads.schedule(() -> look(scope, gateway, wanted), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // this node stops; another's job looks
            waiting.remove(wanted);
        }
    }

    private void look(Scope scope, String gateway, Wanted wanted) {
        Semaphore place = places.computeIfAbsent(gateway, key -> new Semaphore(OF_A_GATEWAY));
        if (!place.tryAcquire()) {
            schedule(scope, gateway, wanted, BUSY_MILLIS);
            return;
        }
        // whatever is hinted at from now on wants a look of its own
        waiting.remove(wanted);
        try {
            looks.look(scope, wanted.purchase());
        } catch (RuntimeException e) {
            LOG.warn("purchase {} could not be looked at", wanted.purchase(), e);
        } finally {
            place.release();
        }
    }
}
