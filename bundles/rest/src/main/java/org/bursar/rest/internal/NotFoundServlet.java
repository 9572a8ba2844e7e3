package org.bursar.rest.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.bursar.kernel.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Answers for paths that nobody serves, below the interface and beside it, exactly as for a thing that is not there. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(|" + ApiContext.SELECT + "(osgi.http.whiteboard.context.name=default))")
@HttpWhiteboardServletPattern("/")
public final class NotFoundServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Startup startup;
    private final transient Told told;

    @Activate
    public NotFoundServlet(@Reference Startup startup, @Reference Told told) {
        this.startup = startup;
        this.told = told;
    }

    @Override
    public void init() {
        startup.lastStands();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(Startup.EARLY) != null || !startup.over()) {
            // the gate makes a 503 of it
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        told.write(request, response, Problems.notFound().problem(), false);
    }
}
