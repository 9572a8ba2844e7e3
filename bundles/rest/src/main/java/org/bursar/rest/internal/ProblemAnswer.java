package org.bursar.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Problems as they travel.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
final class ProblemAnswer {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final int RETRY_AFTER_SECONDS = 1;
    private static final ObjectMapper JSON = Json.mapper();
    private static final Map<Integer, ProblemCode> BY_STATUS = Map.of(
            400, Problems.BAD_REQUEST,
            404, Problems.NOT_FOUND,
            405, Problems.METHOD_NOT_ALLOWED,
            406, Problems.NOT_ACCEPTABLE,
            413, Problems.TOO_LARGE,
            415, Problems.UNSUPPORTED_MEDIA_TYPE);

    private ProblemAnswer() {}

    /** The members of a problem, in the order of the RFC. */
    static Map<String, Object> body(Problem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", ProblemServlet.PATH + problem.code().code());
        body.put("title", problem.code().title());
        body.put("status", problem.code().status());
        body.put("detail", problem.detail());
        body.put("code", problem.code().code());
        if (!problem.errors().isEmpty()) {
            body.put(
                    "errors",
                    problem.errors().stream().map(ProblemAnswer::field).toList());
        }
        body.putAll(problem.extensions());
        return body;
    }

    private static Map<String, String> field(FieldError error) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("pointer", error.pointer());
        members.put("code", error.code().code());
        members.put("detail", error.detail());
        return members;
    }

    /** As a Jersey sends it. */
    static Response response(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.code().status()).type(MEDIA_TYPE).entity(body(problem));
        headers(problem).forEach(response::header);
        return response.build();
    }

    /** Sends it where no Jersey is; nothing when something has been sent already. */
    static void write(HttpServletResponse response, Problem problem) throws IOException {
        if (!response.isCommitted()) {
            response.setStatus(problem.code().status());
            response.setContentType(MEDIA_TYPE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            headers(problem).forEach(response::setHeader);
            JSON.writeValue(response.getOutputStream(), body(problem));
        }
    }

    private static Map<String, String> headers(Problem problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (problem.code().status() == 401) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        Object wait = problem.extensions().get("retryAfter");
        if (wait != null || problem.code().status() == 503) {
            headers.put(HttpHeaders.RETRY_AFTER, String.valueOf(wait == null ? RETRY_AFTER_SECONDS : wait));
        }
        return headers;
    }

    /** What to answer to a failure; null when it is a fault of ours that must be logged. */
    static @Nullable Problem of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refusal) {
                return refusal.problem();
            }
            if (cause instanceof DatabaseException database && database.unavailable()) {
                return Problem.of(Problems.UNAVAILABLE, "The database does not answer at the moment.");
            }
            if (cause instanceof WebApplicationException web) {
                return ofStatus(web.getResponse().getStatus());
            }
            if (cause instanceof JsonProcessingException json) {
                return ofJson(json);
            }
            if (cause instanceof EOFException) {
                // nobody is there any more to read this; it is no fault of ours and not logged as one
                return Problem.of(Problems.BAD_REQUEST, "The body ends before the length that was announced.");
            }
        }
        return null;
    }

    private static @Nullable Problem ofStatus(int status) {
        ProblemCode code = BY_STATUS.get(status);
        if (code == null) {
            return status >= 400 && status < 500 ? Problem.of(Problems.BAD_REQUEST, Problems.BAD_REQUEST.cure()) : null;
        }
        return Problem.of(code, code.equals(Problems.NOT_FOUND) ? Problems.NOT_FOUND_DETAIL : code.cure());
    }

    private static Problem ofJson(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException || e instanceof StreamReadException) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            return Problem.of(
                    Problems.MALFORMED_JSON, "The body is not well-formed JSON within our limits" + place + '.');
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return Problems.invalid(
                    pointer(unknown),
                    FieldProblems.UNKNOWN_FIELD,
                    "There is no field " + quoted(unknown.getPropertyName()) + " here.");
        }
        if (String.valueOf(e.getOriginalMessage()).startsWith("Trailing token")) {
            return Problem.of(Problems.MALFORMED_JSON, "The body goes on after its JSON value.");
        }
        if (e instanceof JsonMappingException mapping) {
            Problem nested = mapping.getCause() instanceof ProblemException refusal ? refusal.problem() : null;
            String pointer = pointer(mapping);
            String detail = nested != null ? nested.detail() : expectation(mapping);
            return new Problem(
                    Problems.INVALID,
                    (pointer.isEmpty() ? "The body" : pointer) + ": " + detail,
                    List.of(new FieldError(pointer, FieldProblems.WRONG_TYPE, detail)),
                    Map.of());
        }
        return Problem.of(Problems.MALFORMED_JSON, "The body is not well-formed JSON.");
    }

    private static String quoted(String name) {
        return '"' + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + '"';
    }

    private static String expectation(JsonMappingException e) {
        if (e instanceof com.fasterxml.jackson.databind.exc.InvalidFormatException format
                && format.getTargetType() != null
                && format.getTargetType().isEnum()) {
            List<String> values = new ArrayList<>();
            for (Object value : format.getTargetType().getEnumConstants()) {
                values.add(((Enum<?>) value).name().toLowerCase(java.util.Locale.ROOT));
            }
            return "one of " + String.join(", ", values);
        }
        if (e instanceof com.fasterxml.jackson.databind.exc.MismatchedInputException mismatch
                && mismatch.getTargetType() != null) {
            return "expected " + friendly(mismatch.getTargetType());
        }
        // our own readers throw with a sentence for the caller
        return e.getClass() == JsonMappingException.class && e.getOriginalMessage() != null
                ? e.getOriginalMessage()
                : "not of the type that is expected here";
    }

    private static String friendly(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (java.time.temporal.Temporal.class.isAssignableFrom(type)) {
            return "a time such as 2026-11-21T09:14:00Z";
        }
        if (java.util.Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "an array";
        }
        return org.bursar.kernel.Id.class.isAssignableFrom(type) ? "an id such as cus_…" : "an object";
    }

    private static String pointer(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(step.getFieldName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }
}
