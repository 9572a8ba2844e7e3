package org.bursar.payments.spi;

import java.util.Objects;

/** A refusal by the provider. */
public final class Decline {
    private final DeclineCode code;
    private final String providerCode;
    private final boolean retryable;

    private Decline(DeclineCode code, String providerCode, boolean retryable) {
        this.code = Objects.requireNonNull(code, "code");
        this.providerCode = Objects.requireNonNull(providerCode, "providerCode");
        this.retryable = retryable;
    }

    /**
     * A refusal.
     *
     * @param providerCode the provider's own code, for support; at most 200 characters, no personal data
     * @param retryable whether the payer may try again in the same checkout
     */
    public static Decline of(DeclineCode code, String providerCode, boolean retryable) {
        return new Decline(code, providerCode, retryable);
    }

    /** Why. */
    public DeclineCode code() {
        return code;
    }

    /** The provider's own code. */
    public String providerCode() {
        return providerCode;
    }

    /** Whether the payer may try again in the same checkout. */
    public boolean retryable() {
        return retryable;
    }

    @Override
    public String toString() {
        return code + " (" + providerCode + ')';
    }
}
