package org.bursar.database.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bursar.database.DatabaseAddress;
import org.bursar.database.Lane;
import org.bursar.database.PoolFigures;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one lane. Their number, the wait for one and the number of those who wait are bounded, so that work
 * which is slow elsewhere takes neither this lane's connections nor the threads that serve it.
 *
 * <p>When PostgreSQL goes away the whole pool is thrown away, and a new one made when it is back: a pool that lives on
 * keeps trying by itself, at pauses that grow to five seconds, and would be back that much later than PostgreSQL.
 */
final class LanePool {
    private static final long VALIDATION_MILLIS = 1_000;
    private static final int SHORTEST_WAIT_MILLIS = 250;

    private final Lane lane;
    private final DatabaseAddress address;
    private final int size;
    private final int mostWaiting;
    private final long waitMillis;
    private final Executor closer;
    private final AtomicInteger entering = new AtomicInteger();
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable Pool present;

    /**
     * Opens nothing yet.
     *
     * @param mostWaiting how many may wait at once; further ones are refused
     * @param closer where pools are closed, which may take seconds
     */
    LanePool(Lane lane, DatabaseAddress address, int size, int mostWaiting, long waitMillis, Executor closer) {
        this.lane = lane;
        this.address = address;
        this.size = size;
        this.mostWaiting = mostWaiting;
        this.waitMillis = Math.max(waitMillis, SHORTEST_WAIT_MILLIS);
        this.closer = closer;
    }

    /** Makes a new pool, if there is none. */
    synchronized void open() {
        if (present == null) {
            OpenConnections connections =
                    new OpenConnections(address.jdbcUrl(), address.application(), lane == Lane.USAGE);
            HikariConfig hikari = new HikariConfig();
            hikari.setDataSource(connections);
            hikari.setPoolName("bursar-" + lane.name().toLowerCase(java.util.Locale.ROOT));
            hikari.setMaximumPoolSize(size);
            hikari.setMinimumIdle(Math.min(size, 2));
            hikari.setConnectionTimeout(waitMillis);
            hikari.setValidationTimeout(Math.min(waitMillis, VALIDATION_MILLIS));
            hikari.setInitializationFailTimeout(-1);
            present = new Pool(connections, new HikariDataSource(hikari));
        }
    }

    /** Cuts off every connection and refuses new ones until the next {@link #open()}. */
    synchronized void drop() {
        Pool dropped = present;
        present = null;
        if (dropped != null) {
            dropped.connections.close();
            closer.execute(dropped.hikari::close);
        }
    }

    /** Gives what is in use a moment, then closes everything. */
    synchronized void close() {
        Pool closing = present;
        present = null;
        if (closing != null) {
            closing.hikari.close();
            closing.connections.close();
        }
    }

    Connection take() throws SQLException {
        Pool pool = present;
        if (pool == null) {
            refused.incrementAndGet();
            throw Refusals.away();
        }
        if (entering.incrementAndGet() > mostWaiting) {
            entering.decrementAndGet();
            refused.incrementAndGet();
            throw Refusals.crowded(lane, mostWaiting);
        }
        try {
            return pool.hikari.getConnection();
        } catch (SQLTransientConnectionException e) {
            timeouts.incrementAndGet();
            throw e;
        } catch (SQLException e) {
            throw Refusals.of(e);
        } finally {
            entering.decrementAndGet();
        }
    }

    PoolFigures.Figures figures() {
        Pool pool = present;
        HikariPoolMXBean bean = pool == null ? null : pool.hikari.getHikariPoolMXBean();
        return new PoolFigures.Figures(
                lane,
                bean == null ? 0 : bean.getActiveConnections(),
                bean == null ? 0 : bean.getIdleConnections(),
                bean == null ? 0 : bean.getThreadsAwaitingConnection(),
                size,
                timeouts.get(),
                refused.get());
    }

    private record Pool(OpenConnections connections, HikariDataSource hikari) {}
}
