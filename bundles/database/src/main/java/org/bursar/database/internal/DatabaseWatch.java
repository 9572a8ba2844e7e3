package org.bursar.database.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks PostgreSQL twice a second, on a connection and a thread of its own, whether it is there. A frozen server, or a
 * network that drops packets, says nothing at all: only somebody with a deadline can tell it from a long report.
 */
final class DatabaseWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final long PERIOD_MILLIS = 500;
    private static final long PERIOD_WHILE_AWAY_MILLIS = 100;

    /** States in which PostgreSQL has answered, though not as wished: no room for the watch, or a wrong password. */
    private static final Set<String> ANSWERING_CLASSES = Set.of("53", "28", "42", "55");

    private final OpenConnections connections;
    private final int deadlineMillis;
    private final Runnable whenGone;
    private final Runnable whenBack;
    private final Semaphore suspicion = new Semaphore(0);
    private final AtomicLong outages = new AtomicLong();
    private final Thread thread = new Thread(this::run, "database-watch");
    private volatile @Nullable String away;
    private volatile boolean closed;
    private @Nullable Connection kept;

    /**
     * Watches once started.
     *
     * @param deadlineMillis how long PostgreSQL may take to answer {@code select} before it counts as away
     * @param whenGone called once when PostgreSQL is away, on the watch's thread
     * @param whenBack called once when it answers again, on the watch's thread
     */
    DatabaseWatch(OpenConnections connections, int deadlineMillis, Runnable whenGone, Runnable whenBack) {
        this.connections = connections;
        this.deadlineMillis = deadlineMillis;
        this.whenGone = whenGone;
        this.whenBack = whenBack;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why PostgreSQL counts as away; null while it answers. */
    @Nullable
    String away() {
        return away;
    }

    long outages() {
        return outages.get();
    }

    /** Somebody's connection broke: looks now rather than at the next turn. */
    void suspect() {
        if (suspicion.availablePermits() == 0) {
            suspicion.release();
        }
    }

    void close() {
        closed = true;
        thread.interrupt();
        connections.close();
    }

    private void run() {
        long gone = 0;
        while (!closed) {
            try {
                String problem = problem();
                if (closed) {
                    return;
                }
                if (problem != null && away == null) {
                    gone = System.nanoTime();
                    outages.incrementAndGet();
                    away = problem;
                    LOG.warn("the database is away: {}; transactions are refused until it answers", problem);
                    whenGone.run();
                } else if (problem == null && away != null) {
                    whenBack.run();
                    away = null;
                    LOG.warn("the database is back after {}", Duration.ofNanos(System.nanoTime() - gone));
                } else {
                    away = problem;
                }
                boolean looked = suspicion.tryAcquire(
                        away == null ? PERIOD_MILLIS : PERIOD_WHILE_AWAY_MILLIS, TimeUnit.MILLISECONDS);
                LOG.trace("looking again, suspected: {}", looked);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("the watch over the database failed", e);
            }
        }
    }

    /** What is wrong, or null. A connection that broke is tried once more with a new one; silence is not. */
    private @Nullable String problem() {
        Connection connection = kept;
        if (connection != null) {
            try {
                return answer(connection);
            } catch (SQLException e) {
                kept = null;
                close(connection);
                if (timedOut(e)) {
                    return "no answer within " + deadlineMillis + " ms";
                }
            }
        }
        try {
            Connection fresh = connections.getConnection();
            fresh.setNetworkTimeout(Runnable::run, deadlineMillis);
            kept = fresh;
            return answer(fresh);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            boolean answers = state.length() == 5 && ANSWERING_CLASSES.contains(state.substring(0, 2));
            if (answers && away == null) {
                LOG.warn("the watch over the database cannot connect: {}", e.getMessage());
                return null;
            }
            return e.getMessage();
        }
    }

    private static @Nullable String answer(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.pg_is_in_recovery()")) {
            row.next();
            return row.getBoolean(1) ? "the server is a standby that takes no writes" : null;
        }
    }

    private static boolean timedOut(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static void close(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("the watch's connection could not be closed", e);
        }
    }
}
