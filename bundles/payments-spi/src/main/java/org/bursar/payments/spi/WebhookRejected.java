package org.bursar.payments.spi;

import java.util.Objects;

/** A webhook that is not to be believed. The sender reads 400; nothing of it is used. */
public final class WebhookRejected extends Exception {
    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Why {
        BAD_SIGNATURE,
        STALE,
        WRONG_ACCOUNT,
        WRONG_MODE,
        MALFORMED,
        /** The gateway knows no webhooks. */
        UNSUPPORTED
    }

    private final Why why;

    /**
     * Rejects.
     *
     * @param detail for operators, without secrets and without the body
     */
    public WebhookRejected(Why why, String detail) {
        super(why + ": " + detail);
        this.why = Objects.requireNonNull(why, "why");
    }

    /** What was wrong. */
    public Why why() {
        return why;
    }
}
