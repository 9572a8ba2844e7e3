package org.bursar.purchases.internal;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one run, a few at once. Who is not told anything is left alone ({@link SilentGateways}): what was planned is stored,
 * and {@link PurchaseReconciliation} makes it within the minute.
 */
final class ChargeCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChargeCalls.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Makes a call; answers what was told. */
    interface Call {
        Told make(Scope scope, PurchaseId purchase);
    }

    private final Call call;
    private final SilentGateways silent = new SilentGateways();
    private final ExecutorService threads;

    ChargeCalls(String name, Call call) {
        this.call = call;
        threads = JobThreads.of(name);
    }

    void add(Scope scope, String gateway, PurchaseId purchase) {
        threads.execute(() -> {
            if (silent.leavesAlone(scope.tenant(), gateway)) {
                return;
            }
            try {
                silent.told(scope.tenant(), gateway, call.make(scope, purchase));
            } catch (RuntimeException e) {
                LOG.warn("purchase {} could not be charged now", purchase, e);
            }
        });
    }

    /** Waits for the calls; what takes too long is broken off, and found out later. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
