package org.bursar.rest.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.bursar.kernel.Problem;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;
import org.bursar.rest.InnerCalls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hands a page's calls to the Jersey of the capability that serves their path. */
@Component(service = InnerCalls.class)
public final class ServedCalls implements InnerCalls {
    private final Applications applications;

    @Activate
    public ServedCalls(@Reference Applications applications) {
        this.applications = applications;
    }

    @Override
    public Answer ask(HttpServletRequest request, Question question) throws IOException {
        InnerResponse kept = new InnerResponse();
        pass(request, question, kept);
        return kept.answer();
    }

    @Override
    public void pass(HttpServletRequest request, Question question, HttpServletResponse response) throws IOException {
        String owned = top(question.path());
        Optional<Servlet> servlet = applications.servlet(owned);
        if (servlet.isEmpty()) {
            ProblemAnswer.write(
                    response,
                    Problem.of(Problems.UNAVAILABLE, "This part of the platform does not run at the moment."));
            return;
        }
        try {
            servlet.get().service(new InnerRequest(request, question, owned), response);
        } catch (ServletException e) {
            throw new IOException("the operation could not be asked", e);
        }
    }

    /** The first step of a path, such as {@code /customers}. */
    static String top(String path) {
        int end = 1;
        while (end < path.length() && path.charAt(end) != '/' && path.charAt(end) != '?') {
            end++;
        }
        return path.substring(0, end);
    }

    @Override
    public Optional<TenantId> hostTenant(HttpServletRequest request) {
        RequestFacts facts = RequestFacts.of(request);
        return facts == null ? Optional.empty() : facts.hostTenant();
    }

    @Override
    public String address(HttpServletRequest request) {
        RequestFacts facts = RequestFacts.of(request);
        return facts == null ? request.getRemoteAddr() : facts.address();
    }
}
