package org.bursar.kernel;

import java.util.List;
import java.util.Map;

/** The problems that every capability may answer with. A capability's own codes are constants in its API package. */
public final class Problems {
    public static final ProblemCode BAD_REQUEST = new ProblemCode(
            "bad_request", 400, "The request cannot be read", "Send what the OpenAPI document describes.");
    public static final ProblemCode MALFORMED_JSON = new ProblemCode(
            "malformed_json", 400, "The body is not well-formed JSON", "Send one JSON value in UTF-8, no key twice.");
    public static final ProblemCode TENANT_REQUIRED = new ProblemCode(
            "tenant_required", 400, "The request names no tenant", "Send Bursar-Tenant with the tenant's slug or id.");
    public static final ProblemCode UNAUTHENTICATED = new ProblemCode(
            "unauthenticated",
            401,
            "No valid key or session",
            "Send Authorization: Bearer with an API key or the token of POST /api/v1/sessions.");
    public static final ProblemCode FORBIDDEN = new ProblemCode(
            "forbidden", 403, "Not permitted", "Use a key or user that has the permission that detail names.");
    public static final ProblemCode NOT_FOUND = new ProblemCode(
            "not_found", 404, "Not found", "Check the path and the id; what is not yours looks the same.");
    public static final ProblemCode METHOD_NOT_ALLOWED = new ProblemCode(
            "method_not_allowed",
            405,
            "This path does not know the method",
            "Use a method that the Allow header names.");
    public static final ProblemCode NOT_ACCEPTABLE =
            new ProblemCode("not_acceptable", 406, "No such representation", "Accept application/json.");
    public static final ProblemCode CONFLICT =
            new ProblemCode("conflict", 409, "It changed meanwhile", "Read it again, then retry.");
    public static final ProblemCode STALE = new ProblemCode(
            "stale", 412, "If-Match names an older version", "GET it again and send the new ETag in If-Match.");
    public static final ProblemCode TOO_LARGE =
            new ProblemCode("too_large", 413, "The body is too large", "Send less at once; detail names the limit.");

    /** The address is longer than what is read of one. */
    public static final ProblemCode URI_TOO_LONG = new ProblemCode(
            "uri_too_long",
            414,
            "The address is too long",
            "Send a shorter path and query; both together have 16 KiB.");

    /** The headers are larger than what is read of them. */
    public static final ProblemCode HEADERS_TOO_LARGE = new ProblemCode(
            "headers_too_large",
            431,
            "The headers are too large",
            "Send fewer or shorter headers; all together have 16 KiB.");

    public static final ProblemCode UNSUPPORTED_MEDIA_TYPE = new ProblemCode(
            "unsupported_media_type", 415, "The content type is not one of this path's", "Send application/json.");
    public static final ProblemCode MISDIRECTED =
            new ProblemCode("misdirected", 421, "Nothing is served under this host name", "Check the address.");
    public static final ProblemCode INVALID =
            new ProblemCode("invalid", 422, "Some fields are not right", "Mend the fields that errors names.");
    public static final ProblemCode TOO_MANY_REQUESTS =
            new ProblemCode("too_many_requests", 429, "Too many requests", "Wait for as long as Retry-After says.");
    public static final ProblemCode INTERNAL = new ProblemCode(
            "internal_error",
            500,
            "Something went wrong here",
            "Retry with the same Idempotency-Key; quote Request-Id.");
    public static final ProblemCode UNAVAILABLE = new ProblemCode(
            "unavailable",
            503,
            "Not available at the moment",
            "Retry with the same Idempotency-Key after Retry-After seconds.");

    /** The detail of every {@link #NOT_FOUND}: it names nothing, so that it is the same for what is absent and what is another's. */
    public static final String NOT_FOUND_DETAIL = "There is no such thing here, or it is not yours.";

    private Problems() {}

    /** There is no such thing, or it is not the caller's. */
    public static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, NOT_FOUND_DETAIL);
    }

    /** One field is wrong. */
    public static Problem invalid(String pointer, String code, String detail) {
        return new Problem(INVALID, detail, List.of(new FieldError(pointer, code, detail)), Map.of());
    }
}
