package org.bursar.kernel;

import java.util.List;
import java.util.Map;

/** The problems that every capability may answer with. A capability's own codes are constants in its API package. */
public final class Problems {
    public static final ProblemCode BAD_REQUEST = new ProblemCode(
            "bad_request",
            400,
            "The request cannot be read",
            "A header or the request as a whole is not what this path reads, such as an Idempotency-Key "
                    + "that is empty or too long.",
            "Compare the request with the OpenAPI document; detail names the part.");
    public static final ProblemCode MALFORMED_JSON = new ProblemCode(
            "malformed_json",
            400,
            "The body is not well-formed JSON",
            "The body is cut off, names a key twice, is nested more than 40 levels deep, is not UTF-8, or "
                    + "goes on after its JSON value.",
            "Send one JSON value in UTF-8 with no key twice; detail tells line and column.");
    public static final ProblemCode TENANT_REQUIRED = new ProblemCode(
            "tenant_required",
            400,
            "The request names no tenant",
            "A platform user or platform key called a path of tenants without saying which tenant is meant.",
            "Send Bursar-Tenant with the tenant's slug or id, or use the tenant's own host.");
    public static final ProblemCode UNAUTHENTICATED = new ProblemCode(
            "unauthenticated",
            401,
            "No valid key or session",
            "There is no Authorization header, or its key is unknown or revoked, or the session has ended, "
                    + "or its customer was deactivated.",
            "Send Authorization: Bearer with an API key, or with the token of a new POST /api/v1/sessions.");
    public static final ProblemCode FORBIDDEN = new ProblemCode(
            "forbidden",
            403,
            "Not permitted",
            "The key or user is good, but does not have the permission that detail names, or the act is "
                    + "kept for others.",
            "Use a key or user that has the permission, or have an administrator grant it.");
    public static final ProblemCode TENANT_SUSPENDED = new ProblemCode(
            "tenant_suspended",
            403,
            "The service is suspended",
            "The platform's admin has suspended the tenant: its people and keys read, export and pay, and AI use "
                    + "that has begun is counted, but nothing new is served and nothing else is changed.",
            "Settle with whoever runs the platform, who then resumes the tenant (POST /api/v1/tenants/{id}/resume).");
    public static final ProblemCode NOT_FOUND = new ProblemCode(
            "not_found",
            404,
            "Not found",
            "The path or the id is wrong, the thing was deleted, it belongs to somebody else, or the "
                    + "capability that serves the path is not running.",
            "Check the path and the id, and that the key belongs to the right tenant and customer.");
    public static final ProblemCode METHOD_NOT_ALLOWED = new ProblemCode(
            "method_not_allowed",
            405,
            "This path does not know the method",
            "The path exists, but is not served with this HTTP method.",
            "Use a method that the OpenAPI document lists for the path.");
    public static final ProblemCode NOT_ACCEPTABLE = new ProblemCode(
            "not_acceptable",
            406,
            "No such representation",
            "The Accept header asks for a media type that this path does not write.",
            "Accept application/json; exports also write text/csv.");
    public static final ProblemCode CONFLICT = new ProblemCode(
            "conflict",
            409,
            "It changed meanwhile",
            "Another request changed or removed the same thing between this one's reading and writing.",
            "Read it again, then retry if the change still makes sense.");
    public static final ProblemCode NAME_TAKEN = new ProblemCode(
            "name_taken",
            409,
            "The name is in use",
            "Another thing of this kind has the name in this tenant.",
            "Use another name, or the thing that has it.");
    public static final ProblemCode STALE = new ProblemCode(
            "stale",
            412,
            "If-Match names an older version",
            "Somebody changed the resource after the version that If-Match names was read.",
            "GET it again, look at the change, and send the new ETag in If-Match.");
    public static final ProblemCode TOO_LARGE = new ProblemCode(
            "too_large",
            413,
            "The body is too large",
            "The body or the batch is larger than the limit that detail names.",
            "Send less at once, in several requests.");
    public static final ProblemCode UNSUPPORTED_MEDIA_TYPE = new ProblemCode(
            "unsupported_media_type",
            415,
            "The content type is not one of this path's",
            "Content-Type is missing or not JSON.",
            "Send Content-Type: application/json; a PATCH also takes application/merge-patch+json.");
    public static final ProblemCode MISDIRECTED = new ProblemCode(
            "misdirected",
            421,
            "Nothing is served under this host name",
            "The Host header names neither the platform nor a verified domain of a tenant.",
            "Check the address; a tenant's domain must be added to it and verified first.");
    public static final ProblemCode INVALID = new ProblemCode(
            "invalid",
            422,
            "Some fields are not right",
            "One or more fields are missing, unknown, of the wrong type or out of bounds. Nothing was changed.",
            "Mend the fields that errors names by their JSON pointers; each has a code of its own.");
    public static final ProblemCode TOO_MANY_REQUESTS = new ProblemCode(
            "too_many_requests",
            429,
            "Too many requests",
            "Signing in failed too often for this account or from this address.",
            "Wait for as long as Retry-After says, then try again.");
    public static final ProblemCode INTERNAL = new ProblemCode(
            "internal_error",
            500,
            "Something went wrong here",
            "A fault of the platform; its log has the reason under the Request-Id of the answer.",
            "Retry with the same Idempotency-Key; if it stays, tell the operator the Request-Id.");
    public static final ProblemCode UNAVAILABLE = new ProblemCode(
            "unavailable",
            503,
            "Not available at the moment",
            "The database is unreachable or overloaded, or a capability that is needed is being started or updated.",
            "Retry with the same Idempotency-Key after as many seconds as Retry-After says.");

    /** The detail of every {@link #NOT_FOUND}: it names nothing, so that it is the same for what is absent and what is another's. */
    public static final String NOT_FOUND_DETAIL = "There is no such thing here, or it is not yours.";

    private Problems() {}

    /** There is no such thing, or it is not the caller's. */
    public static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, NOT_FOUND_DETAIL);
    }

    /** One field is wrong. */
    public static Problem invalid(String pointer, FieldCode code, String detail) {
        return new Problem(INVALID, detail, List.of(new FieldError(pointer, code, detail)), Map.of());
    }
}
