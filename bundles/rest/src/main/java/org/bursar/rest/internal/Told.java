package org.bursar.rest.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.bursar.kernel.Problem;
import org.bursar.rest.ProblemPages;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tells a refusal where no Jersey is: to people as a page, while somebody makes pages; to programs as JSON. */
@Component(service = Told.class)
public final class Told {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ProblemPages pages;

    void write(HttpServletRequest request, HttpServletResponse response, Problem problem, boolean plain)
            throws IOException {
        ProblemPages present = pages;
        String accepted = request.getHeader("Accept");
        boolean person = accepted != null
                && accepted.contains("text/html")
                && !request.getRequestURI().startsWith("/api/");
        if (present != null && person && !response.isCommitted()) {
            present.write(request, response, problem, plain);
        } else {
            ProblemAnswer.write(response, problem);
        }
    }
}
