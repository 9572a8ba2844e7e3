package org.bursar.payments.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call did not do what it should. The kind decides what becomes of the purchase, so choose it with care: whoever does not
 * know whether something happened says {@link Kind#OUTCOME_UNKNOWN}.
 */
public final class GatewayException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is known about the outcome. */
    public enum Kind {
        /**
         * The request never reached the provider: no connection, or none was tried. It is repeated later with the same key. A
         * connection that broke after the request was sent is {@link #OUTCOME_UNKNOWN}.
         */
        NOT_EXECUTED,
        /**
         * Time ran out, the answer was lost or not understood, the provider failed within itself (5xx), or it says that the key
         * was used with other parameters. It is reconciled with the same key. Of several requests in one call it is this one as
         * soon as the one that acts may have been executed, whatever the later ones met.
         */
        OUTCOME_UNKNOWN,
        /** Nothing happened; it is repeated after {@link GatewayException#retryAfter()}. */
        RATE_LIMITED,
        /** Nothing happened; the tenant must mend key or password. */
        BAD_CREDENTIALS,
        /** Nothing happened; the tenant must mend other settings. */
        BAD_CONFIGURATION,
        /** Nothing happened and repeating does not help. */
        INVALID_REQUEST,
        /** The provider knows no such object. */
        NOT_FOUND,
        /** The gateway cannot do this. */
        UNSUPPORTED
    }

    /** What is known about the outcome. */
    private final Kind kind;
    /** How long the provider asks to wait; null: it did not say. */
    private final @Nullable Duration retryAfter;

    /**
     * Says what is known.
     *
     * @param message for operators: no secrets, no payer's data
     */
    public GatewayException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    /**
     * Says what is known.
     *
     * @param message for operators: no secrets, no payer's data
     * @param cause what the gateway met
     * @param retryAfter how long the provider asks to wait
     */
    public GatewayException(Kind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.retryAfter = retryAfter;
    }

    /** What is known about the outcome. */
    public Kind kind() {
        return kind;
    }

    /** How long the provider asks to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
