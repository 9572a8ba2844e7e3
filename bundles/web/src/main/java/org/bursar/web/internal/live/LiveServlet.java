package org.bursar.web.internal.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bursar.kernel.ProblemException;
import org.bursar.rest.Caller;
import org.bursar.web.internal.Pulses;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Subject;
import org.bursar.web.internal.Visit;
import org.bursar.web.internal.Visitors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * {@code /live?about=purchases,balance&customer=cus_…}: what an open page listens to, on either host. A servlet of its own beside the
 * pages' Jersey, since what it answers ends when the page is closed, and writes without waiting.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/live")
@HttpWhiteboardServletAsyncSupported
public final class LiveServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY = 429;

    private final transient Site site;
    private final transient Pulses pulses;
    private final transient LiveStreams streams;

    @Activate
    public LiveServlet(@Reference Site site, @Reference Pulses pulses, @Reference LiveStreams streams) {
        this.site = site;
        this.pulses = pulses;
        this.streams = streams;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        headers(response);
        if (!request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        try {
            int refusal = listen(request, response);
            if (refusal != 0) {
                // a browser that is answered anything but 200 does not come again by itself
                response.setStatus(refusal);
            }
        } catch (ProblemException e) {
            response.setStatus(e.problem().code().status());
        }
    }

    private static void headers(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", Site.POLICY);
        response.setHeader("Referrer-Policy", "same-origin");
        // proxies neither keep nor gather nor compress it
        response.setHeader("Cache-Control", "no-store, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Gives the status of a refusal, or 0 when it listens. */
    private int listen(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Visitors.foreign(request)) {
            return HttpServletResponse.SC_FORBIDDEN;
        }
        Visit visit = Visit.of(site, request);
        new Visitors(site, site::watched).identify(visit);
        Caller caller = visit.caller().orElse(null);
        if (caller == null || caller.user().isEmpty()) {
            return HttpServletResponse.SC_UNAUTHORIZED;
        }
        Set<Subject> subjects = visit.subjects(
                visit.query("customer"),
                Arrays.stream(visit.query("about").split(",", -1)).distinct().toArray(String[]::new));
        if (subjects.isEmpty() || caller.tenant().isEmpty()) {
            return HttpServletResponse.SC_FORBIDDEN;
        }
        Set<String> permissions = subjects.stream()
                .map(Subject::about)
                .map(pulses::permission)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String token = visit.cookies().session().orElseThrow();
        Watcher watcher = new Watcher(
                token,
                site.formToken(token, caller.tenant()),
                caller.tenant().get(),
                caller.user().get(),
                caller.customers(),
                permissions);
        return open(request, response, watcher, List.copyOf(subjects), seen(visit));
    }

    private static Map<String, String> seen(Visit visit) {
        String last = visit.request().getHeader("Last-Event-ID");
        return Marks.read(last == null || last.isBlank() || last.length() > 400 ? visit.query("since") : last);
    }

    private int open(
            HttpServletRequest request,
            HttpServletResponse response,
            Watcher watcher,
            List<Subject> subjects,
            Map<String, String> seen)
            throws IOException {
        response.setContentType("text/event-stream;charset=utf-8");
        ServletOutputStream out = response.getOutputStream();
        AsyncContext exchange = request.startAsync();
        exchange.setTimeout(0);
        LiveStream stream = new LiveStream(exchange, out, watcher, subjects, seen, streams::leave);
        if (!streams.enter(stream)) {
            response.setStatus(TOO_MANY);
            exchange.complete();
            return 0;
        }
        out.setWriteListener(stream);
        return 0;
    }
}
