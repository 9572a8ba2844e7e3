package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.URI;
import org.bursar.kernel.Problem;
import org.bursar.kernel.Problems;
import org.glassfish.jersey.internal.util.collection.Value;
import org.glassfish.jersey.internal.util.collection.Values;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * One capability's Application in a Jersey of its own. Paths count from the servlet context, not from the servlet's
 * pattern. It is destroyed when the last request in it has ended, since a Jersey that is gone fails those that it works on.
 */
final class ApiServlet extends ServletContainer {
    private static final long serialVersionUID = 1L;

    private final transient InFlight all;
    private int requests;
    private boolean destroyed;

    ApiServlet(Application application, Services services, InFlight all) {
        super(configured(application, services));
        this.all = all;
    }

    private static ResourceConfig configured(Application application, Services services) {
        ObjectMapper json = Json.mapper();
        return ResourceConfig.forApplication(application)
                .register(new ReadableRequest())
                .register(new MergePatch())
                .register(new CallFilter(services, json))
                .register(new CallParameter())
                .register(new ProblemMapper())
                .register(new JsonProvider(json))
                .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    }

    @Override
    public Value<Integer> service(URI base, URI uri, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!all.enter()) {
            return refused(response);
        }
        try {
            return entered() ? answered(base, uri, request, response) : refused(response);
        } finally {
            all.leave();
        }
    }

    private Value<Integer> answered(URI base, URI uri, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            if (!ReadableRequest.contentType(request)) {
                return refused(
                        response,
                        Problem.of(Problems.UNSUPPORTED_MEDIA_TYPE, "The header Content-Type cannot be read."));
            }
            return super.service(base.resolve(request.getContextPath() + "/"), uri, request, response);
        } finally {
            BoundedBody.end(request);
            left();
        }
    }

    private synchronized boolean entered() {
        if (destroyed) {
            return false;
        }
        requests++;
        return true;
    }

    private synchronized void left() {
        requests--;
        if (destroyed && requests == 0) {
            super.destroy();
        }
    }

    @Override
    public synchronized void destroy() {
        destroyed = true;
        if (requests == 0) {
            super.destroy();
        }
    }

    /** The request was on its way when the capability went; whether it comes back is not known here. */
    private static Value<Integer> refused(HttpServletResponse response) throws IOException {
        return refused(
                response, Problem.of(Problems.UNAVAILABLE, "This part of the platform is being stopped or replaced."));
    }

    private static Value<Integer> refused(HttpServletResponse response, Problem problem) throws IOException {
        ProblemAnswer.write(response, problem);
        return Values.of(problem.code().status());
    }
}
