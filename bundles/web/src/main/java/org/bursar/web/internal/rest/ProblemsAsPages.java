package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bursar.kernel.Problem;
import org.bursar.rest.ProblemPages;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the platform refuses before any page is reached: a path or a host that is nobody's, a node that stops. */
@Component(service = ProblemPages.class)
public final class ProblemsAsPages implements ProblemPages {
    private final Site site;

    @Activate
    public ProblemsAsPages(@Reference Site site) {
        this.site = site;
    }

    @Override
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem, boolean plain)
            throws IOException {
        int status = problem.code().status();
        String key = site.words().has("status." + status + ".title") ? "status." + status : "status.500";
        String html = plain ? plain(key) : branded(request, status, key);
        response.setStatus(status);
        response.setContentType("text/html; charset=utf-8");
        response.setHeader("Content-Security-Policy", Site.POLICY);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "same-origin");
        response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }

    private String plain(String key) {
        return site.render(
                "sign/plain",
                Map.of(
                        "title",
                        site.words().say(key + ".title"),
                        "text",
                        site.words().say(key + ".text")));
    }

    private String branded(HttpServletRequest request, int status, String key) {
        try {
            Frame frame = new Frame(Visit.of(site, request), site.words().say(key + ".title"), "");
            return site.render("sign/error", Map.of("f", frame, "status", status, "key", key, "detail", ""));
        } catch (RuntimeException e) {
            // the brand cannot be looked up while the database is away
            return plain(key);
        }
    }
}
