package org.bursar.payments.spi;

import java.util.Objects;

/** How the provider answered just now. */
public final class Health {
    /** In one word. */
    public enum Code {
        /** The provider answered and took the credentials. */
        UP,
        /** It works in part. */
        DEGRADED,
        /** The provider does not answer, or answers that it cannot. */
        DOWN,
        /** The provider answers, the tenant's settings do not fit. */
        MISCONFIGURED
    }

    private final Code code;
    private final String message;

    private Health(Code code, String message) {
        this.code = Objects.requireNonNull(code, "code");
        this.message = Objects.requireNonNull(message, "message");
    }

    /** All is well. */
    public static Health up() {
        return new Health(Code.UP, "");
    }

    /**
     * Any state.
     *
     * @param message for the tenant's admin: what is wrong and what helps; no secrets
     */
    public static Health of(Code code, String message) {
        return new Health(code, message);
    }

    /** In one word. */
    public Code code() {
        return code;
    }

    /** What is wrong; empty when all is well. */
    public String message() {
        return message;
    }

    @Override
    public String toString() {
        return message.isEmpty() ? code.name() : code + ": " + message;
    }
}
