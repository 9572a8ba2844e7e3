package org.bursar.rest.internal;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.bursar.kernel.Problem;
import org.bursar.kernel.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers whatever was thrown; what nobody foresaw is logged with its trace and answered without it. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        Problem problem = ProblemAnswer.of(failure);
        if (problem == null) {
            LOG.error("request failed", failure);
            problem =
                    Problem.of(Problems.INTERNAL, "The request was not completed. Request-Id leads us to the reason.");
        }
        return ProblemAnswer.response(problem);
    }
}
