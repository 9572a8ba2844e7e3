package org.bursar.webhooks.internal;

/** A delivery did not arrive; the message says why, for the tenant's people. */
final class PostFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    PostFailedException(String message) {
        super(message);
    }

    PostFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
