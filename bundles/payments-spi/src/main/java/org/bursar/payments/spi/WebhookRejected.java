package org.bursar.payments.spi;

import java.util.Objects;

/** A webhook that is not to be believed. The sender reads 400; nothing of it is used. */
public final class WebhookRejected extends Exception {
    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Why {
        /** No signature, or none that the body fits. */
        BAD_SIGNATURE,
        /** Signed long before {@link WebhookRequest#receivedAt()}. */
        STALE,
        /** About another account than the one in the settings. */
        WRONG_ACCOUNT,
        /** Of the mode that the tenant did not choose. */
        WRONG_MODE,
        /** Genuine and not understood at all. An event of a type that is not known is not malformed. */
        MALFORMED,
        /** The gateway knows no webhooks. */
        UNSUPPORTED
    }

    /** What was wrong. */
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
