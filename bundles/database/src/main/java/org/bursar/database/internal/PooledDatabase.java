package org.bursar.database.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.bursar.database.Database;
import org.bursar.database.DatabaseAddress;
import org.bursar.database.DatabaseException;
import org.bursar.database.JdbcSource;
import org.bursar.database.Lane;
import org.bursar.database.Lanes;
import org.bursar.database.PoolFigures;
import org.bursar.kernel.HealthCheck;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database over pools of connections of the application's role, one for each lane, and the watch that says whether
 * PostgreSQL is there.
 */
@Component(
        service = {Database.class, JdbcSource.class, Lanes.class, PoolFigures.class, HealthCheck.class},
        immediate = true,
        configurationPid = "org.bursar.database")
@Designate(ocd = DatabaseConfig.class)
public final class PooledDatabase implements Database, JdbcSource, Lanes, PoolFigures, HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(PooledDatabase.class);
    private static final int TRIES = 3;

    private final Map<Lane, LanePool> pools = new EnumMap<>(Lane.class);
    private final OpenConnections owners;
    private final Migrations migrations;
    private final DatabaseWatch watch;
    private final ExecutorService closer = Executors.newSingleThreadExecutor(PooledDatabase::closingThread);

    @SuppressWarnings("ThreadLocalUsage") // a transaction belongs to one database, of which tests have several
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    @SuppressWarnings("ThreadLocalUsage") // likewise
    private final ThreadLocal<Lane> lane = ThreadLocal.withInitial(() -> Lane.GENERAL);

    @Activate
    public PooledDatabase(@Reference DatabaseAddress address, DatabaseConfig config) {
        this(
                address,
                Map.of(Lane.GENERAL, config.pool_size(), Lane.USAGE, config.pool_usage_size()),
                Map.of(Lane.GENERAL, config.pool_waiting(), Lane.USAGE, config.pool_usage_waiting()),
                config.pool_wait_millis(),
                config.watch_deadline_millis());
    }

    /** With as many connections for each lane, and the rest as it is usual. */
    public PooledDatabase(DatabaseAddress address, int size, long waitMillis) {
        this(
                address,
                Map.of(Lane.GENERAL, size, Lane.USAGE, size),
                Map.of(Lane.GENERAL, 64, Lane.USAGE, 64),
                waitMillis,
                1_500);
    }

    /**
     * Opens the pools. It does not fail when PostgreSQL is away; statements do, until it is back.
     *
     * @param sizes connections of each lane
     * @param mostWaiting how many may wait for a connection of each lane
     * @param waitMillis how long a transaction waits for a connection
     * @param deadlineMillis how long PostgreSQL may take to answer the watch
     */
    public PooledDatabase(
            DatabaseAddress address,
            Map<Lane, Integer> sizes,
            Map<Lane, Integer> mostWaiting,
            long waitMillis,
            int deadlineMillis) {
        sizes.forEach((each, size) -> pools.put(
                each,
                new LanePool(each, address, size, Objects.requireNonNull(mostWaiting.get(each)), waitMillis, closer)));
        owners = new OpenConnections(address.jdbcUrl(), address.owner());
        watch = new DatabaseWatch(
                new OpenConnections(address.jdbcUrl(), address.application()),
                deadlineMillis,
                this::cutOff,
                () -> pools.values().forEach(LanePool::open));
        migrations = new Migrations(
                owners, address.owner().user(), address.application().user(), this::away);
        pools.values().forEach(LanePool::open);
        watch.start();
    }

    private static Thread closingThread(Runnable work) {
        Thread thread = new Thread(work, "database-pool-closer");
        thread.setDaemon(true);
        return thread;
    }

    private void cutOff() {
        pools.values().forEach(LanePool::drop);
        owners.abortAll();
    }

    @Deactivate
    public void close() {
        watch.close();
        migrations.close();
        pools.values().forEach(LanePool::close);
        owners.close();
        closer.shutdown();
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Optional<String> problem() {
        String away = watch.away();
        if (away != null) {
            return Optional.of(away);
        }
        List<String> outdated = migrations.problems();
        return outdated.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", outdated));
    }

    @Override
    public List<Figures> lanes() {
        return pools.values().stream().map(LanePool::figures).toList();
    }

    @Override
    public boolean away() {
        return watch.away() != null;
    }

    @Override
    public long outages() {
        return watch.outages();
    }

    @Override
    public Stay enter(Lane entered) {
        Lane before = lane.get();
        lane.set(entered);
        return () -> {
            if (before == Lane.GENERAL) {
                lane.remove();
            } else {
                lane.set(before);
            }
        };
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
        return take();
    }

    private Connection take() throws SQLException {
        return Objects.requireNonNull(pools.get(lane.get())).take();
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
                if (e.unavailable() && !(e.getCause() instanceof SQLTransientConnectionException)) {
                    // a connection broke; one that could not be had says nothing new
                    watch.suspect();
                }
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
            transaction = new Transaction(take());
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
        Migrations.Upgrade upgrade = migrations.bringUpToDate(schema, type);
        SqlSessionFactory factory = MyBatis.factory(schema, type);
        InvocationHandler handler = (proxy, method, arguments) -> invoke(upgrade, factory, type, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object invoke(
            Migrations.Upgrade upgrade, SqlSessionFactory factory, Class<?> type, Method method, Object[] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(factory, arguments);
        }
        upgrade.require();
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
