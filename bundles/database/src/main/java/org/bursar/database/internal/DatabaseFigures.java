package org.bursar.database.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bursar.database.PoolFigures;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Figures;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether PostgreSQL is there, and how busy the connections of each lane are. */
@Component(service = Figures.class)
public final class DatabaseFigures implements Figures {
    private final PoolFigures pool;

    @Activate
    public DatabaseFigures(@Reference PoolFigures pool) {
        this.pool = pool;
    }

    @Override
    public String source() {
        return "database";
    }

    @Override
    public Duration every() {
        return Duration.ZERO;
    }

    @Override
    public List<Figure> read() {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("bursar_database_up", "Whether PostgreSQL answers", pool.away() ? 0L : 1L));
        figures.add(Figure.of(
                "bursar_database_outages_total", "How often PostgreSQL has gone away since the start", pool.outages()));
        for (PoolFigures.Figures lane : pool.lanes()) {
            Map<String, String> of = Map.of("lane", lane.lane().name().toLowerCase(Locale.ROOT));
            figures.add(
                    new Figure("bursar_database_connections_active", "Connections in use", of, (long) lane.active()));
            figures.add(new Figure(
                    "bursar_database_connections_idle", "Connections that are open and free", of, (long) lane.idle()));
            figures.add(new Figure(
                    "bursar_database_connections_most", "Connections that may be open", of, (long) lane.size()));
            figures.add(new Figure(
                    "bursar_database_waiting", "Threads that wait for a connection", of, (long) lane.waiting()));
            figures.add(new Figure(
                    "bursar_database_timeouts_total",
                    "Those who waited for a connection in vain",
                    of,
                    lane.timeouts()));
            figures.add(new Figure(
                    "bursar_database_refused_total",
                    "Those who were turned away at once, because too many waited or PostgreSQL was away",
                    of,
                    lane.refused()));
        }
        return figures;
    }
}
