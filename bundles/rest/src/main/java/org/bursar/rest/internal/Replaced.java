package org.bursar.rest.internal;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.bursar.kernel.Problem;
import org.bursar.kernel.Problems;
import org.jspecify.annotations.Nullable;

/** The container keeps to itself that a servlet went between being found and being called, and sends 500; it is 503. */
final class Replaced extends HttpServletResponseWrapper {
    /** What the HTTP service throws then. */
    private static final String WENT = "Servlet has been unregistered";

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    Replaced(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
        this.response = response;
    }

    @Override
    public void sendError(int status) throws IOException {
        if (went()) {
            late();
        } else {
            super.sendError(status);
        }
    }

    /** What the container's own wrapper makes of each error, also of one without a message. */
    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        if (went()) {
            late();
        } else {
            super.sendError(status, message);
        }
    }

    private boolean went() {
        return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof ServletException e
                && WENT.equals(e.getMessage());
    }

    private void late() throws IOException {
        ProblemAnswer.write(
                response, Problem.of(Problems.UNAVAILABLE, "This part of the platform is being stopped or replaced."));
    }
}
