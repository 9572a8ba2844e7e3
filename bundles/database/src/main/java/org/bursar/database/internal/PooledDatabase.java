package org.bursar.database.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.bursar.database.Database;
import org.bursar.database.DatabaseAddress;
import org.bursar.database.DatabaseException;
import org.bursar.database.JdbcSource;
import org.bursar.kernel.HealthCheck;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database over a pool of connections of the application's role. */
@Component(
        service = {Database.class, JdbcSource.class, HealthCheck.class},
        immediate = true,
        configurationPid = "org.bursar.database")
@Designate(ocd = DatabaseConfig.class)
public final class PooledDatabase implements Database, JdbcSource, HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(PooledDatabase.class);
    private static final int TRIES = 3;
    private static final int SOCKET_TIMEOUT_SECONDS = 30;

    private final HikariDataSource pool;
    private final Migrations migrations;

    @SuppressWarnings("ThreadLocalUsage") // a transaction belongs to one database, of which tests have several
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    @Activate
    public PooledDatabase(@Reference DatabaseAddress address, DatabaseConfig config) {
        this(address, config.pool_size(), config.pool_wait_millis());
    }

    /**
     * Opens the pool. It does not fail when PostgreSQL is away; statements do, until it is back.
     *
     * @param size connections, 2 to 200
     * @param waitMillis how long a transaction waits for a connection
     */
    public PooledDatabase(DatabaseAddress address, int size, long waitMillis) {
        HikariConfig hikari = new HikariConfig();
        hikari.setDataSource(dataSource(address.jdbcUrl(), address.application()));
        hikari.setPoolName("bursar");
        hikari.setMaximumPoolSize(size);
        hikari.setMinimumIdle(Math.min(size, 2));
        hikari.setConnectionTimeout(waitMillis);
        hikari.setValidationTimeout(Math.min(waitMillis, 1_000));
        hikari.setInitializationFailTimeout(-1);
        pool = new HikariDataSource(hikari);
        migrations = new Migrations(
                dataSource(address.jdbcUrl(), address.owner()),
                address.owner().user(),
                address.application().user());
    }

    static DataSource dataSource(String url, DatabaseAddress.Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setApplicationName("bursar");
        source.setPrepareThreshold(1);
        source.setReWriteBatchedInserts(true);
        source.setConnectTimeout(2);
        source.setLoginTimeout(3);
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setTcpKeepAlive(true);
        // the detail quotes rows, which do not belong into a log
        source.setLogServerErrorDetail(false);
        return source;
    }

    @Deactivate
    public void close() {
        pool.close();
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public java.util.Optional<String> problem() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(1)
                    ? java.util.Optional.empty()
                    : java.util.Optional.of("PostgreSQL does not answer");
        } catch (SQLException e) {
            return java.util.Optional.of("PostgreSQL cannot be reached");
        }
    }

    @Override
    public <T> T transact(Scope scope, Supplier<T> work) {
        return inTransaction(scope, work);
    }

    @Override
    public <T> T withoutTenant(Supplier<T> work) {
        return inTransaction(null, work);
    }

    @Override
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public boolean inTransaction() {
        return current.get() != null;
    }

    @Override
    public void afterCommit(Runnable action) {
        Transaction transaction = current.get();
        if (transaction == null) {
            action.run();
        } else {
            transaction.afterCommit(action);
        }
    }

    private <T> T inTransaction(@Nullable Scope scope, Supplier<T> work) {
        Transaction joined = current.get();
        if (joined != null) {
            return joined.nested(scope, work);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return once(scope, work);
            } catch (DatabaseException e) {
                if (!e.retryable() || attempt == TRIES) {
                    throw e;
                }
                LOG.info("transaction repeated after {}", e.sqlState());
            }
        }
    }

    private <T> T once(@Nullable Scope scope, Supplier<T> work) {
        Transaction transaction;
        try {
            transaction = new Transaction(pool.getConnection());
        } catch (SQLException e) {
            throw translated(e);
        }
        T result;
        current.set(transaction);
        try {
            result = transaction.whole(scope, work);
        } finally {
            current.remove();
        }
        transaction.committed();
        return result;
    }

    @Override
    public <M> M mapper(String schema, Class<M> type) {
        migrations.bringUpToDate(schema, type);
        SqlSessionFactory factory = MyBatis.factory(schema, type);
        InvocationHandler handler = (proxy, method, arguments) -> invoke(factory, type, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object invoke(SqlSessionFactory factory, Class<?> type, Method method, Object[] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(factory, arguments);
        }
        Transaction transaction = current.get();
        if (transaction == null) {
            throw new IllegalStateException(method + " was called outside a transaction");
        }
        // the session is not closed: closing it would close the transaction's connection
        SqlSession session = factory.openSession(transaction.connection());
        method.setAccessible(true);
        try {
            return method.invoke(session.getMapper(type), arguments);
        } catch (InvocationTargetException e) {
            throw unwrapped(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof PersistenceException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof SQLException sql ? translated(sql) : failure;
    }

    static DatabaseException translated(SQLException e) {
        String constraint = e instanceof PSQLException psql && psql.getServerErrorMessage() != null
                ? psql.getServerErrorMessage().getConstraint()
                : null;
        return new DatabaseException(e, constraint);
    }
}
