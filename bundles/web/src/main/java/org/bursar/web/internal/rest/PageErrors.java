package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import java.util.Objects;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.ProblemException;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a page what went wrong, and what the reader can do. */
final class PageErrors implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(PageErrors.class);
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;

    private final Site site;

    @Context
    private @Nullable HttpServletRequest servlet;

    PageErrors(Site site) {
        this.site = site;
    }

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException web
                && web.getResponse().getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
            return web.getResponse();
        }
        int status = status(failure);
        if (status == INTERNAL) {
            LOG.error("a page failed", failure);
        }
        Visit visit = Visit.of(site, Objects.requireNonNull(servlet));
        String detail = failure instanceof PageProblem && failure.getMessage() != null ? failure.getMessage() : "";
        try {
            return answer(visit, status, detail);
        } catch (RuntimeException e) {
            // what failed the page may fail this one too, such as a database that is away
            LOG.debug("a page about a failure failed", e);
            return plain(visit, status);
        }
    }

    private static Response plain(Visit visit, int status) {
        String key = key(visit, status);
        Map<String, Object> texts = Map.of(
                "title",
                visit.site().words().say(key + ".title"),
                "text",
                visit.site().words().say(key + ".text"));
        return Response.status(status)
                .entity(visit.site().render("sign/plain", texts))
                .type("text/html; charset=utf-8")
                .build();
    }

    static Response answer(Visit visit, int status, String detail) {
        Frame frame = new Frame(visit, visit.site().words().say(key(visit, status) + ".title"), "");
        Response.ResponseBuilder answer = Response.status(status)
                // wherever the answer was meant to go, this takes the whole page
                .header("HX-Retarget", "body")
                .header("HX-Reswap", "innerHTML")
                .header("HX-Reselect", "#page");
        if (status == UNAVAILABLE) {
            answer.header("Retry-After", "2");
        }
        return Answers.page(answer, frame, "sign/error", "status", status, "key", key(visit, status), "detail", detail);
    }

    private static String key(Visit visit, int status) {
        String key = "status." + status;
        return visit.site().words().has(key + ".title") ? key : "status.500";
    }

    private static int status(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PageProblem problem) {
                return problem.status();
            }
            if (cause instanceof ProblemException problem) {
                return problem.problem().code().status();
            }
            if (cause instanceof DatabaseException) {
                return UNAVAILABLE;
            }
            if (cause instanceof WebApplicationException web) {
                return web.getResponse().getStatus();
            }
        }
        return INTERNAL;
    }
}
