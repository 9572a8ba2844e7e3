package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.atomic.AtomicReference;
import org.bursar.kernel.Problem;
import org.bursar.kernel.Problems;
import org.glassfish.jersey.internal.util.collection.Value;
import org.glassfish.jersey.internal.util.collection.Values;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/**
 * One capability's Application in a Jersey of its own. Paths count from the servlet context, not from the servlet's
 * pattern. It is destroyed when the last request in it has ended, since a Jersey that is gone fails those that it works on.
 */
final class ApiServlet extends ServletContainer {
    private static final long serialVersionUID = 1L;
    private static final URI NONE = URI.create("");

    private final transient InFlight all;

    /** The last address of the interface that was asked under, which is nearly always the next one, too. */
    private transient volatile Base last = new Base("", NONE);

    private record Base(String text, URI uri) {}

    private final transient AtomicReference<@Nullable ApiServlet> live;
    private int requests;
    private boolean destroyed;

    /** @param live the one of its kind that was initialised last, which is asked for the calls of pages */
    ApiServlet(ResourceConfig application, InFlight all, AtomicReference<@Nullable ApiServlet> live) {
        super(application);
        this.all = all;
        this.live = live;
    }

    /** Pages bring all that they need; Jersey alone is told what it shall not do. */
    static ResourceConfig pages(Application application) {
        return ResourceConfig.forApplication(application)
                .register(new ReadableRequest())
                .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                // whether people came over https is not known here: they go on to a path, wherever they are
                .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true)
                .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    }

    /** An operation finds out who calls, and speaks JSON. */
    static ResourceConfig operations(Application application, Services services) {
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

    /** An address of plain characters is taken as it is; Jersey takes any other apart and puts it together again. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        StringBuffer url = request.getRequestURL();
        String query = request.getQueryString();
        String path = request.getRequestURI();
        if (!plain(path, "/-_.~") || query != null && !plain(query, "-_.~=&")) {
            super.service(request, response);
            return;
        }
        String text = url.substring(0, url.length() - path.length());
        Base base = last;
        if (!base.text().equals(text)) {
            base = new Base(text, uri(text + request.getContextPath() + '/'));
            last = base;
        }
        if (base.uri().getHost() == null) {
            // a name that java.net.URI does not take for one
            super.service(request, response);
            return;
        }
        if (query != null && !query.isEmpty()) {
            url.append('?').append(query);
        }
        served(base.uri(), URI.create(url.toString()), request, response);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return NONE;
        }
    }

    private static boolean plain(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void init() throws ServletException {
        super.init();
        live.set(this);
    }

    @Override
    public Value<Integer> service(URI base, URI uri, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        return served(base.resolve(request.getContextPath() + "/"), uri, request, response);
    }

    private Value<Integer> served(URI base, URI uri, HttpServletRequest request, HttpServletResponse response)
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
            return super.service(base, uri, request, response);
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
        live.compareAndSet(this, null);
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
