package org.bursar.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TypeId;
import org.bursar.rest.RestProblems;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what Jetty refuses by itself, before any servlet or filter sees it (an encoded slash in a path, a bad escape, headers
 * beyond the limit), as a problem like every other.
 */
@Component(service = RefusedByJetty.class)
public final class RefusedByJetty implements Request.Handler {
    private static final Logger LOG = LoggerFactory.getLogger("org.bursar.rest.request");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]");
    private static final int LONGEST_REASON = 100;
    private static final Map<Integer, ProblemCode> BY_STATUS = Map.of(
            // every path has a servlet, if only the last: there is none because the platform starts or stops
            404, Problems.UNAVAILABLE,
            405, Problems.METHOD_NOT_ALLOWED,
            413, Problems.TOO_LARGE,
            414, RestProblems.URI_TOO_LONG,
            415, Problems.UNSUPPORTED_MEDIA_TYPE,
            431, RestProblems.HEADERS_TOO_LARGE,
            503, Problems.UNAVAILABLE);

    private final Clock clock;
    private final ObjectMapper json = Json.mapper();

    @Activate
    public RefusedByJetty(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        Problem problem = problem(status, reason == null ? "" : reason.toString());
        String requestId = TypeId.base32(TypeId.next(clock));
        LOG.info("{} {} refused unread: {} {}", requestId, request.getMethod(), status, problem.detail());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Request-Id", requestId);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Type", ProblemAnswer.MEDIA_TYPE);
        if (problem.code().status() == 503) {
            headers.put("Retry-After", "1");
        }
        response.setStatus(problem.code().status());
        response.write(true, ByteBuffer.wrap(text(problem)), callback);
        return true;
    }

    /** What Jetty found, in our words where they are as good; what is neither known nor the caller's fault is ours. */
    private static Problem problem(int status, String reason) {
        ProblemCode known = BY_STATUS.get(status);
        if (known != null) {
            return Problem.of(known, known.cure());
        }
        boolean unknownProtocol = status == 501 || status == 505;
        if (status < 400 || status >= 500 && !unknownProtocol) {
            return Problem.of(Problems.INTERNAL, "The request was not completed.");
        }
        String printable = NOT_PRINTABLE.matcher(reason).replaceAll("?");
        return Problem.of(
                Problems.BAD_REQUEST,
                printable.isBlank()
                        ? Problems.BAD_REQUEST.cure()
                        : printable.substring(0, Math.min(LONGEST_REASON, printable.length())) + '.');
    }

    private byte[] text(Problem problem) {
        try {
            return json.writeValueAsBytes(ProblemAnswer.body(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
