package org.bursar.web.internal.parts;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bursar.web.internal.Visit;
import org.bursar.web.spi.Html;
import org.bursar.web.spi.Page;
import org.bursar.web.spi.Slot;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has other bundles' code draw, on threads that no request of ours waits for longer than two seconds. A part that hangs keeps its
 * threads until it ends, up to four; then it is not asked any more until one of them is back.
 */
public final class Drawing {
    private static final Logger LOG = LoggerFactory.getLogger(Drawing.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int THREADS = 32;

    private final BundleContext context;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "web-part");
                thread.setDaemon(true);
                return thread;
            });

    Drawing(BundleContext context) {
        this.context = context;
    }

    void close() {
        threads.shutdownNow();
    }

    /** What a part draws; empty when it failed, took too long or went. */
    public Optional<String> draw(Part part, Visit visit, String customer) {
        if (!part.room().tryAcquire()) {
            LOG.warn("{} is not asked while its drawings hang", part.bundle());
            return Optional.empty();
        }
        Exchange exchange = new Exchange();
        PartRequest request = new PartRequest(visit, part.words(), customer, exchange);
        Map<String, String> hidden = Map.of(Visit.TOKEN, visit.formToken(), Visit.ONCE, Visit.random());
        try {
            threads.execute(() -> {
                exchange.begin();
                String drawn = null;
                try {
                    drawn = drawn(part.reference(), request, hidden);
                } catch (Throwable e) {
                    // whatever it is, it is the other bundle's: errors of linking and of depth, too
                    LOG.warn("{} could not draw its part", part.bundle(), e);
                } finally {
                    part.room().release();
                    exchange.end(drawn);
                }
            });
        } catch (RejectedExecutionException e) {
            part.room().release();
            return Optional.empty();
        }
        Optional<String> drawn = exchange.serve(visit, PATIENCE_NANOS);
        if (drawn.isEmpty()) {
            LOG.warn("{} drew nothing within its time", part.bundle());
        }
        return drawn;
    }

    private <S> @Nullable String drawn(ServiceReference<S> reference, PartRequest request, Map<String, String> hidden)
            throws Exception {
        S service = context.getService(reference);
        if (service == null) {
            return null;
        }
        try {
            Html html = service instanceof Page page ? page.render(request) : ((Slot) service).render(request);
            return html.written(hidden);
        } finally {
            context.ungetService(reference);
        }
    }
}
