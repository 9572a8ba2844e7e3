package org.bursar.metrics.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Figures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One capability's figures: what was read last, and how that went. */
final class Source {
    private static final Logger LOG = LoggerFactory.getLogger(Source.class);

    private final Figures figures;
    private final boolean direct;
    private volatile List<Figure> last = List.of();
    private volatile boolean up = true;
    private volatile long readAt;
    private volatile boolean ever;
    private @Nullable ScheduledFuture<?> reading;

    Source(Figures figures) {
        this.figures = figures;
        direct = figures.every().isZero();
    }

    /** Reads now and again, unless it is read whenever somebody looks. */
    synchronized void readEvery(ScheduledExecutorService reader) {
        if (!direct) {
            reading =
                    reader.scheduleWithFixedDelay(this::read, 0, figures.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the reading if these figures are gone; nobody holds on to them then, whose code may be about to be replaced. */
    synchronized boolean closed(Figures gone) {
        if (figures == gone && reading != null) {
            reading.cancel(false);
        }
        return figures == gone;
    }

    private void read() {
        try {
            last = List.copyOf(figures.read());
            readAt = System.nanoTime();
            ever = true;
            up = true;
        } catch (RuntimeException | LinkageError e) {
            if (up) {
                LOG.info("the figures of {} could not be read: {}", figures.source(), e.toString());
            }
            up = false;
        }
    }

    /** What was read last, with how that went. */
    List<Figure> figures() {
        if (direct) {
            read();
        }
        List<Figure> all = new ArrayList<>(last);
        Map<String, String> source = Map.of("source", figures.source());
        all.add(new Figure("bursar_figures_up", "Whether the last reading of a source went well", source, up ? 1 : 0));
        @Nullable Double age = age();
        if (age != null) {
            all.add(new Figure(
                    "bursar_figures_age_seconds", "How long ago a source was read with success", source, age));
        }
        return all;
    }

    private @Nullable Double age() {
        return ever ? (System.nanoTime() - readAt) / 1e9 : null;
    }
}
