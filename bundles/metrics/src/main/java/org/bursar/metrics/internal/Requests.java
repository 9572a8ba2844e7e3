package org.bursar.metrics.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bursar.rest.Operations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and times every request, by operation and class of status. There are as many operations as the interface has; what
 * matched none is one more, whatever its path, so that nobody fills the memory by asking for many.
 */
@Component(service = Preprocessor.class, property = "service.ranking:Integer=1000")
public final class Requests implements Preprocessor {
    /** The operation of requests that matched none. */
    static final String OTHER = "other";

    private static final int CLASSES = 6;
    private static final Set<String> BESIDE =
            Set.of("/health/live", "/health/ready", "/metrics", "/api/v1/openapi.json");
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10)
    };

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MILLIS = 5;

    private final MeterRegistry meters;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<String, AtomicReferenceArray<Timer>> timers = new ConcurrentHashMap<>();

    @Activate
    public Requests(@Reference Registry registry) {
        meters = registry.meters();
        Gauge.builder("bursar.http.requests.in.flight", inFlight, AtomicInteger::get)
                .description("Requests that are being answered")
                .register(meters);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        inFlight.incrementAndGet();
        boolean thrown = true;
        try {
            chain.doFilter(request, response);
            thrown = false;
        } finally {
            count((HttpServletRequest) request, response, thrown, start);
        }
    }

    private void count(HttpServletRequest request, ServletResponse response, boolean thrown, long start) {
        try {
            if (!thrown && request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new End(request, response, start));
            } else {
                ended(request, thrown ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : status(response), start);
            }
        } catch (LinkageError e) {
            // this bundle was replaced while the request was answered: it is not counted, and its answer stands
            LOG.debug("a request is not counted", e);
        }
    }

    /** The last requests are counted before the code that counts them goes, unless they take very long. */
    @Deactivate
    void awaitLast() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (inFlight.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static int status(ServletResponse response) {
        return ((HttpServletResponse) response).getStatus();
    }

    private void ended(HttpServletRequest request, int status, long start) {
        inFlight.decrementAndGet();
        timer(operation(request), Math.min(Math.max(status / 100, 0), CLASSES - 1))
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private static String operation(HttpServletRequest request) {
        Object operation = request.getAttribute(Operations.ATTRIBUTE);
        if (operation != null) {
            return operation.toString();
        }
        String path = request.getRequestURI();
        return BESIDE.contains(path) ? path : OTHER;
    }

    private Timer timer(String operation, int statusClass) {
        AtomicReferenceArray<Timer> ofOperation =
                timers.computeIfAbsent(operation, name -> new AtomicReferenceArray<>(CLASSES));
        Timer timer = ofOperation.get(statusClass);
        if (timer == null) {
            // the registry gives the same timer for the same name and tags
            timer = Timer.builder("bursar.http.requests")
                    .description("Requests that were answered, and how long it took, by operation and class of status")
                    .tag("operation", operation)
                    .tag("status", statusClass + "xx")
                    .serviceLevelObjectives(BOUNDS)
                    .register(meters);
            ofOperation.set(statusClass, timer);
        }
        return timer;
    }

    /** The end of a request that outlives its first thread. */
    private final class End implements AsyncListener {
        private final HttpServletRequest request;
        private final ServletResponse response;
        private final long start;

        End(HttpServletRequest request, ServletResponse response, long start) {
            this.request = request;
            this.response = response;
            this.start = start;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            ended(request, status(response), start);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // it is completed next
        }

        @Override
        public void onError(AsyncEvent event) {
            // it is completed next
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
