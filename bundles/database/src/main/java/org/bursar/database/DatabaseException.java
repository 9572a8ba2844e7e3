package org.bursar.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL could not be reached, or refused a statement. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int STATE_LENGTH = 5;

    /** No connection; no room (connections, memory, disk); an operator or a crash ends the session; the system fails below. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");

    /** A server that has become a standby, and a lock that was not to be had in time. */
    private static final Set<String> UNAVAILABLE_STATES = Set.of("25006", "55P03");

    private final String sqlState;
    private final @Nullable String constraint;
    private final boolean unavailable;

    /**
     * Wraps what the driver threw.
     *
     * @param constraint the constraint that was violated, where there was one
     */
    public DatabaseException(SQLException cause, @Nullable String constraint) {
        super(cause.getMessage(), cause);
        sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
        this.constraint = constraint;
        // PostgreSQL and its driver always give a state: without one it is the pool, whose connection was taken away
        // meanwhile
        unavailable = cause instanceof SQLTransientConnectionException
                || sqlState.isEmpty()
                || sqlState.length() == STATE_LENGTH && UNAVAILABLE_CLASSES.contains(sqlState.substring(0, 2))
                || UNAVAILABLE_STATES.contains(sqlState);
    }

    /** The five characters of the SQLSTATE; empty when there is none. */
    public String sqlState() {
        return sqlState;
    }

    /** Whether it may work again by itself: no connection, no room, shutting down, timed out. The outcome of a commit is unknown. */
    public boolean unavailable() {
        return unavailable;
    }

    /** Whether PostgreSQL ended the transaction for another's sake: deadlock or serialization failure. */
    public boolean retryable() {
        return "40P01".equals(sqlState) || "40001".equals(sqlState);
    }

    /** The name of the violated constraint. */
    public Optional<String> constraint() {
        return Optional.ofNullable(constraint);
    }

    /** Whether a row with that unique key is there already. */
    public boolean duplicate(String uniqueConstraint) {
        return UNIQUE_VIOLATION.equals(sqlState) && uniqueConstraint.equals(constraint);
    }
}
