package org.bursar.database.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.bursar.database.DatabaseAddress;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/**
 * Opens connections of one role and remembers them, so that all can be cut off at once: a thread that waits for a frozen
 * PostgreSQL comes back only when its socket is closed under it.
 */
final class OpenConnections implements DataSource {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    /** Connecting and signing in; afterwards a statement may take as long as PostgreSQL answers the watch. */
    private static final int CONNECT_SECONDS = 2;

    /** The last resort against a connection that alone has gone silent; the watch and TCP's keep-alive are the first. */
    private static final int SILENCE_MILLIS = 15 * 60 * 1_000;

    /** Ends the long statements of a platform that was killed, which would keep their locks. */
    private static final String NOTICE_GONE_CLIENTS = "set client_connection_check_interval = '1s'";

    /**
     * A few statements, the same again and again, each made for one plan whatever its values. Left to itself PostgreSQL plans
     * those of partitioned tables anew each time, which takes it longer than some twenty events do.
     */
    private static final String PLAN_ONCE = "set plan_cache_mode = force_generic_plan";

    private final PGSimpleDataSource source;
    private final boolean planOnce;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    OpenConnections(String url, DatabaseAddress.Login login) {
        this(url, login, false);
    }

    /** @param planOnce whether a statement keeps its first plan, which suits statements that are made for it */
    OpenConnections(String url, DatabaseAddress.Login login, boolean planOnce) {
        this.planOnce = planOnce;
        source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setApplicationName("bursar");
        source.setPrepareThreshold(1);
        source.setReWriteBatchedInserts(true);
        source.setBinaryTransferEnable(BinaryArray.TYPES);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(CONNECT_SECONDS);
        source.setTcpKeepAlive(true);
        // the detail quotes rows, which do not belong into a log
        source.setLogServerErrorDetail(false);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (closed) {
            throw Refusals.away();
        }
        Connection connection = source.getConnection();
        try {
            prepare(connection);
            if (planOnce) {
                execute(connection, PLAN_ONCE);
            }
            open.removeIf(OpenConnections::isClosed);
            open.add(connection);
            if (closed) {
                // it was on its way while the others were cut off
                throw Refusals.away();
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            abort(connection);
            throw e;
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try {
            execute(connection, NOTICE_GONE_CLIENTS);
        } catch (SQLException e) {
            if (new org.bursar.database.DatabaseException(e, null).unavailable()) {
                throw e;
            }
            // servers on systems that cannot tell refuse the setting
            LOG.debug("PostgreSQL will not notice killed platforms: {}", e.getMessage());
        }
        connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
    }

    private static void execute(Connection connection, String set) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(set);
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Cuts off every connection. Whoever uses one gets an error at once; what it had not committed is rolled back. */
    void abortAll() {
        for (Connection connection : open) {
            abort(connection);
        }
        open.clear();
    }

    /** The same for good: no further connection is opened. */
    void close() {
        closed = true;
        abortAll();
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("a connection could not be cut off", e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    /** Left alone: the pool would set its own wait here, and the driver would then connect on a thread of its own. */
    @Override
    public void setLoginTimeout(int seconds) {
        LOG.trace("no login timeout of {} s", seconds);
    }

    @Override
    public int getLoginTimeout() {
        return CONNECT_SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
