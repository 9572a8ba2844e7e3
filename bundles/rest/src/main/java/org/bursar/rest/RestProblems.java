package org.bursar.rest;

import org.bursar.kernel.ProblemCode;

/** What the HTTP interface itself refuses with, besides {@link org.bursar.kernel.Problems}. */
public final class RestProblems {
    public static final ProblemCode IDEMPOTENCY_KEY_REUSED = new ProblemCode(
            "idempotency_key_reused",
            422,
            "The key was used for another request",
            "The Idempotency-Key was sent within the last day to the same path with another body.",
            "Use a new key for each new request, and the same key and body for its retries.");
    public static final ProblemCode BODY_TOO_SLOW = new ProblemCode(
            "body_too_slow",
            408,
            "The body came too slowly",
            "The request's body was not there after 20 seconds.",
            "Send it again over a faster connection, or less at once.");
    public static final ProblemCode REQUEST_IN_PROGRESS = new ProblemCode(
            "request_in_progress",
            409,
            "A request with this key is still running",
            "A retry came before the first request with this Idempotency-Key had ended.",
            "Retry with the same key in a second.");
    public static final ProblemCode PASSWORD_CHANGE_REQUIRED = new ProblemCode(
            "password_change_required",
            403,
            "A temporary password opens nothing else",
            "The user signed in with a password that somebody else chose and has not replaced it yet.",
            "POST /api/v1/me/password with a new password, then go on with the same session.");
    public static final ProblemCode URI_TOO_LONG = new ProblemCode(
            "uri_too_long",
            414,
            "The address is too long",
            "Path and query together are longer than 16 KiB, and were not read.",
            "Send a shorter address: fewer filters, or an id instead of a text.");
    public static final ProblemCode HEADERS_TOO_LARGE = new ProblemCode(
            "headers_too_large",
            431,
            "The headers are too large",
            "All headers together are larger than 16 KiB, and were not read.",
            "Send fewer or shorter headers.");

    private RestProblems() {}
}
