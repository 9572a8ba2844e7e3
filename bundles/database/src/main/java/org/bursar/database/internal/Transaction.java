package org.bursar.database.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction of one thread, from its first statement to its commit or rollback. */
final class Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private final Connection connection;
    private final List<Runnable> actions = new ArrayList<>();
    private @Nullable Scope scope;
    private boolean failed;

    Transaction(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    void afterCommit(Runnable action) {
        actions.add(action);
    }

    /** Runs the outermost call: commits, or rolls back on whatever is thrown. Gives the connection back in any case. */
    <T> T whole(@Nullable Scope outermost, Supplier<T> work) {
        try (connection) {
            connection.setAutoCommit(false);
            try {
                enter(outermost);
                T result = work.get();
                if (failed) {
                    throw new IllegalStateException("a part of this transaction has failed, so it cannot be committed");
                }
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollback(e);
                throw e;
            } finally {
                restoreAutoCommit();
            }
        } catch (SQLException e) {
            throw PooledDatabase.translated(e);
        }
    }

    private void rollback(Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void restoreAutoCommit() {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // the pool finds the connection broken when it is given back, and drops it
            LOG.debug("connection lost", e);
        }
    }

    /** Runs an inner call; its scope holds for it alone. */
    <T> T nested(@Nullable Scope inner, Supplier<T> work) {
        Scope outer = scope;
        boolean other = inner != null && !sameRows(inner, outer);
        try {
            if (other) {
                enter(inner);
            }
            T result = work.get();
            if (other) {
                enter(outer);
            }
            return result;
        } catch (SQLException e) {
            failed = true;
            throw PooledDatabase.translated(e);
        } catch (Throwable e) {
            failed = true;
            throw e;
        }
    }

    private static boolean sameRows(Scope a, @Nullable Scope b) {
        return b != null && a.tenant().equals(b.tenant()) && Objects.equals(a.customers(), b.customers());
    }

    /** Literal SET LOCAL: it reaches the workers of a distributed database, which set_config() does not. */
    private void enter(@Nullable Scope next) throws SQLException {
        if (next != null || scope != null) {
            String tenant = next == null ? "" : next.tenant().uuid().toString();
            String customers = next == null
                    ? ""
                    : next.customers()
                            .map(set -> set.stream()
                                    .map(id -> id.uuid().toString())
                                    .sorted()
                                    .collect(Collectors.joining(",")))
                            .orElse("");
            try (Statement statement = connection.createStatement()) {
                // both values are made of UUIDs alone
                String set = "set local app.tenant = '" + tenant + "'";
                // where nothing was set yet, all customers are seen
                boolean all = scope == null && customers.isEmpty();
                statement.execute(all ? set : set + "; set local app.customers = '" + customers + "'");
            }
        }
        scope = next;
    }

    /** Runs what waited for the commit. A failure there cannot undo the commit, so it is logged and the rest still runs. */
    void committed() {
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.error("an action after a commit failed", e);
            }
        }
    }
}
