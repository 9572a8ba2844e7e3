package org.bursar.benchmarks.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** A servlet that says yes, as quickly as this Jetty lets it. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=benchmarks)")
@HttpWhiteboardServletPattern("/*")
public final class NothingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final byte[] YES = "{\"allowed\":true}".getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(YES.length);
        response.getOutputStream().write(YES);
    }

    /** A context of its own, so that none of the platform's filters is before it. */
    @Component(service = ServletContextHelper.class, scope = ServiceScope.BUNDLE)
    @HttpWhiteboardContext(name = "benchmarks", path = "/benchmarks")
    public static final class Context extends ServletContextHelper {}
}
