package org.bursar.rest.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the house before it closes. The framework tells synchronously that it is about to stop, before it stops the first
 * bundle, and waits for its listeners: that is the moment to say "not ready", to let load balancers see it, to answer what is
 * in flight, and only then to let go.
 */
@Component(service = Drain.class, immediate = true, configurationPid = "org.bursar.rest")
public final class Drain implements SynchronousBundleListener {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final long POLL_MILLIS = 10;

    private final BundleContext context;
    private final HttpListener listener;
    private volatile long noticeMillis;
    private volatile long limitMillis;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean leaving;
    private volatile boolean closed;

    @Activate
    public Drain(BundleContext context, @Reference HttpListener listener, RestConfig config) {
        this.context = context;
        this.listener = listener;
        noticeMillis = config.drain_notice_millis();
        limitMillis = config.drain_limit_millis();
        context.addBundleListener(this);
    }

    /** For the next stop; whoever counts requests here goes on. */
    @Modified
    void modified(RestConfig config) {
        noticeMillis = config.drain_notice_millis();
        limitMillis = config.drain_limit_millis();
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(this);
    }

    /** Whether the platform is about to stop: it is not ready any more, and its answers end their connections. */
    boolean leaving() {
        return leaving;
    }

    /** Counts a request in, and says whether it may still be served. In both cases {@link #answered()} must follow. */
    boolean admit() {
        inFlight.incrementAndGet();
        return !closed;
    }

    void answered() {
        inFlight.decrementAndGet();
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            try {
                drain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void drain() throws InterruptedException {
        long start = System.nanoTime();
        leaving = true;
        LOG.info("stopping: not ready any more, requests are served for another {} ms", noticeMillis);
        Thread.sleep(noticeMillis);
        closed = true;
        int open = inFlight.get();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        while (inFlight.get() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
        int left = inFlight.get();
        if (left > 0) {
            LOG.warn("{} requests were not answered within {} ms and are cut off", left, limitMillis);
        }
        // before the bundles go: a path without its servlet would be 404, which a client takes for the truth
        listener.close();
        LOG.info(
                "drained: {} requests were in flight, all over after {} ms",
                open,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
}
