package org.bursar.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.bursar.kernel.Problem;
import org.osgi.annotation.versioning.ConsumerType;

/** Says to people who came with a browser, beside the interface, what programs are told as JSON. */
@ConsumerType
public interface ProblemPages {
    /**
     * Answers with the problem's status and a page.
     *
     * @param plain nobody knows whose host it is: the page carries no brand and asks no database
     */
    void write(HttpServletRequest request, HttpServletResponse response, Problem problem, boolean plain)
            throws IOException;
}
