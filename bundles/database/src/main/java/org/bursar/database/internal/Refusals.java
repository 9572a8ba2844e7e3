package org.bursar.database.internal;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Refusals before PostgreSQL was asked. They read as a connection that could not be had, which may work in a moment. */
final class Refusals {
    private static final String CANNOT_CONNECT = "08001";

    private Refusals() {}

    static SQLException away() {
        return refusal("PostgreSQL does not answer; transactions are refused until it does");
    }

    static SQLException crowded(Object lane, int waiting) {
        return refusal(waiting + " wait for a connection of the lane " + lane + " already");
    }

    static SQLException outdated(String schema, @Nullable String reason) {
        return refusal("the schema " + schema + " is not up to date: " + reason);
    }

    /** The same state for whatever the pool says, which may be nothing. */
    static SQLException of(SQLException cause) {
        SQLTransientConnectionException refusal =
                new SQLTransientConnectionException(cause.getMessage(), CANNOT_CONNECT, cause);
        return cause instanceof SQLTransientConnectionException ? cause : refusal;
    }

    private static SQLException refusal(String message) {
        return new SQLTransientConnectionException(message, CANNOT_CONNECT);
    }
}
