package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;
import org.bursar.web.internal.parts.Part;

/** What other bundles add: their pages below {@code /x/}, and what they put into slots of ours. */
@Path("/")
@On(On.Side.BOTH)
public final class PartPages {
    private static final int UNAVAILABLE = 503;

    private final Site site;

    PartPages(Site site) {
        this.site = site;
    }

    @GET
    @Path("/x/{bundle}/{page}")
    @Requires(value = "parts", level = Requires.Level.CALLER)
    public Response page(@Context HttpServletRequest request) {
        return drawn(Visit.of(site, request));
    }

    @POST
    @Path("/x/{bundle}/{page}")
    @Requires(value = "parts", level = Requires.Level.CALLER)
    public Response sent(@Context HttpServletRequest request) {
        return drawn(Visit.of(site, request));
    }

    private Response drawn(Visit visit) {
        String path = visit.request().getRequestURI();
        if (visit.tenant().isEmpty()) {
            throw new NotFoundException();
        }
        Part part = site.parts().page(visit.portal(), path).orElse(null);
        if (part == null) {
            // it may have gone a moment ago: what is around it stays
            Frame frame = new Frame(visit, site.words().say("status.404.title"), path);
            return Answers.page(Response.status(Response.Status.NOT_FOUND), frame, template(visit), "html", "");
        }
        if (!visit.may(part.permission())) {
            throw new PageProblem(403, site.words().say("problem.forbidden"));
        }
        Optional<String> html = site.parts().drawing().draw(part, visit, visit.portal() ? visit.customer() : "");
        return Answers.page(
                html.isPresent() ? Response.ok() : Response.status(UNAVAILABLE),
                new Frame(visit, part.title(), path),
                template(visit),
                "html",
                html.orElse(""));
    }

    private static String template(Visit visit) {
        return visit.portal() ? "portal/part" : "console/part";
    }

    /** A part of a page, for the page that is open. What it is about is looked up as for the page itself. */
    @GET
    @Path("/slots/{id: \\d{1,18}}")
    @Requires(value = "parts", level = Requires.Level.CALLER)
    public Response slot(@Context HttpServletRequest request, @PathParam("id") long id) {
        Visit visit = Visit.of(site, request);
        Part part = site.parts().slot(id).orElseThrow(NotFoundException::new);
        if (visit.tenant().isEmpty()) {
            throw new NotFoundException();
        }
        if (!visit.may(part.permission())) {
            throw new PageProblem(403, site.words().say("problem.forbidden"));
        }
        String customer = visit.portal() ? visit.customer() : visit.query("customer");
        if (!customer.isEmpty() && !visit.portal()) {
            visit.get("/customers/" + Visit.encode(customer));
        }
        String html = site.parts().drawing().draw(part, visit, customer).orElse("");
        return Response.ok(site.render("tag/slot-part", Map.of("f", new Frame(visit, "", ""), "html", html)))
                .type("text/html; charset=utf-8")
                .build();
    }
}
