package org.bursar.database.embedded.internal;

import org.jspecify.annotations.Nullable;

/** The embedded server cannot run; the message says why in words for the operator. */
public final class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
