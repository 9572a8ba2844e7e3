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

/** One capability's Application in a Jersey of its own. Paths count from the servlet context, not from the servlet's pattern. */
final class ApiServlet extends ServletContainer {
    private static final long serialVersionUID = 1L;

    private final transient ObjectMapper json = Json.mapper();

    ApiServlet(Application application, Services services) {
        super(configured(application, services));
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
        if (!ReadableRequest.contentType(request)) {
            Problem problem = Problem.of(Problems.UNSUPPORTED_MEDIA_TYPE, "The header Content-Type cannot be read.");
            response.setStatus(problem.code().status());
            response.setContentType(ProblemAnswer.MEDIA_TYPE);
            response.setHeader("Cache-Control", "no-store");
            json.writeValue(response.getOutputStream(), ProblemAnswer.body(problem));
            return Values.of(problem.code().status());
        }
        try {
            return super.service(base.resolve(request.getContextPath() + "/"), uri, request, response);
        } finally {
            BoundedBody.end(request);
        }
    }
}
