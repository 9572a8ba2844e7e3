package org.bursar.rest.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the HTTP service does not do with its port: closes it before the bundles go when the platform stops, and while this
 * bundle alone is replaced, since Jetty without us would say 404 of everything; cuts clients that send their headers so slowly
 * that no idle timeout ever ends them; and answers in our words what Jetty refuses by itself.
 *
 * <p>The HTTP service hands its server to factories of further connectors; that is the only way to it. The one that is made
 * here listens nowhere.
 */
@Component(
        service = {HttpListener.class, ConnectorFactory.class},
        immediate = true)
public final class HttpListener implements ConnectorFactory {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final long SWEEP_SECONDS = 5;
    private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(25);
    private static final long CLOSE_SECONDS = 2;
    private static final Progress NOTHING = new Progress(0, 0, 0);

    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "http-sweeper");
        thread.setDaemon(true);
        return thread;
    });
    private Map<Connection, Progress> seen = new HashMap<>();
    private final RefusedByJetty refused;
    private final Startup startup;
    private volatile @Nullable Server server;

    /** @param started once Jetty runs: factories that it finds when it starts must make connectors that listen */
    @Activate
    public HttpListener(
            @Reference HttpServiceRuntime started, @Reference RefusedByJetty refused, @Reference Startup startup) {
        this.refused = refused;
        this.startup = startup;
        var unused = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void deactivate() {
        sweeper.shutdownNow();
        try {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Server present = server;
        if (present != null && present.getErrorHandler() == refused) {
            present.setErrorHandler(new ErrorHandler());
        }
    }

    @Override
    public Connector createConnector(Server started) {
        server = started;
        started.setErrorHandler(refused);
        sweeper.execute(() -> open(started));
        return new LocalConnector(started, null, null, null, 0, new HttpConnectionFactory());
    }

    /** Opens the port again that this component closed when it went before. */
    private void open(Server present) {
        for (Connector connector : present.getConnectors()) {
            if (connector instanceof ServerConnector port && port.isStopped()) {
                startup.awaitGate();
                try {
                    port.start();
                } catch (Exception e) {
                    LOG.error("the port cannot be opened again", e);
                }
            }
        }
    }

    /** How far a connection was: requests and bytes that have come, and since when bytes come without a further request, or 0. */
    private record Progress(long requests, long bytes, long sendingSinceNanos) {}

    private void sweep() {
        try {
            Map<Connection, Progress> now = new HashMap<>();
            Server present = server;
            if (present != null) {
                for (Connector connector : present.getConnectors()) {
                    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                        look(endPoint, now);
                    }
                }
            }
            seen = now;
        } catch (RuntimeException e) {
            LOG.warn("slow clients could not be looked for", e);
        }
    }

    private void look(EndPoint endPoint, Map<Connection, Progress> now) {
        Connection connection = endPoint.getConnection();
        if (connection == null) {
            return;
        }
        Progress last = seen.getOrDefault(connection, NOTHING);
        long requests = connection.getMessagesIn();
        long bytes = connection.getBytesIn();
        long time = System.nanoTime();
        if (requests != last.requests) {
            now.put(connection, new Progress(requests, bytes, 0));
        } else if (bytes == last.bytes) {
            // the idle timeout ends those who are silent
            now.put(connection, last);
        } else if (last.sendingSinceNanos == 0) {
            now.put(connection, new Progress(requests, bytes, time));
        } else if (time - last.sendingSinceNanos < SLOWEST_NANOS) {
            now.put(connection, new Progress(requests, bytes, last.sendingSinceNanos));
        } else {
            LOG.debug("a client that sends too slowly is cut off: {}", endPoint.getRemoteSocketAddress());
            endPoint.close(new TimeoutException("a request must have come within half a minute"));
        }
    }

    /** Takes no new connection, ends the idle ones, waits a moment for the rest, and closes the port. */
    void close() throws InterruptedException {
        Server present = server;
        if (present == null) {
            return;
        }
        for (Connector connector : present.getConnectors()) {
            if (connector instanceof ServerConnector port) {
                try {
                    port.shutdown().get(CLOSE_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    LOG.info("connections that did not end are closed");
                }
                try {
                    port.stop();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    LOG.warn("the port could not be closed", e);
                }
            }
        }
    }
}
