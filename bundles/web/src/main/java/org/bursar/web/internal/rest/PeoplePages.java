package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** A customer's own team, managed by its admin. */
@Path("/people")
@On(On.Side.PORTAL)
public final class PeoplePages {
    private static final int ROWS = 25;
    private static final Set<String> VERBS = Set.of("disable", "enable", "welcome", "remove", "second-factor");

    private final Site site;

    PeoplePages(Site site) {
        this.site = site;
    }

    @GET
    @Requires("users:read")
    public Response list(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return show(visit, Form.of("access", "limited"), visit.query("dialog"));
    }

    private Response show(Visit visit, Form form, String dialog) {
        Facts page = visit.get(Visit.path("/users", "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("nav.people"), "people"),
                "portal/people",
                "page",
                page,
                "pager",
                Pager.of(visit, "/people", page, ROWS, -1),
                "caps",
                caps(visit),
                "sets",
                visit.maybe("permission-sets:read", "/permission-sets?limit=100")
                        .items(),
                "form",
                form,
                "dialog",
                dialog);
    }

    /** What users may spend, by their ids. */
    private static Map<String, Facts> caps(Visit visit) {
        Map<String, Facts> caps = new HashMap<>();
        visit.maybe("caps:read", "/wallets/" + Visit.encode(visit.customer()) + "/caps?limit=200")
                .items()
                .forEach(cap -> caps.put(cap.text("user"), cap));
        return caps;
    }

    /** How much a user may spend; no amount is no limit. */
    @POST
    @Path("/{user}/limit")
    @Requires("caps:write")
    public Response limit(@Context HttpServletRequest request, @PathParam("user") String user) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        String name = visit.get("/users/" + Visit.encode(user)).text("name");
        String path = "/wallets/" + Visit.encode(visit.customer()) + "/caps/" + Visit.encode(user);
        String amount = form.value("amount").strip().replace(",", "");
        ObjectNode body = form.json("period");
        body.put("amount", amount);
        Reply reply = amount.isEmpty() ? visit.ask("DELETE", path, null) : visit.ask("PUT", path, body);
        boolean none = amount.isEmpty() && reply.status() == Response.Status.NOT_FOUND.getStatusCode();
        return reply.ok() || none
                ? Answers.done(visit, "/people", amount.isEmpty() ? "limit_removed" : "limit_set", name)
                : show(visit, form.refused(reply, site.words()), "limit");
    }

    @POST
    @Requires("users:write")
    public Response add(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("firstName", "lastName", "email");
        // naming an admin is the agency's alone; identity refuses it here too
        body.put("role", "member").put("customer", visit.customer());
        CustomerPages.access(body, form.value("access"));
        Reply reply = visit.post("/users", body);
        return reply.ok()
                ? Answers.done(visit, "/people", "user_added", reply.body().text("name"))
                : show(visit, form.refused(reply, site.words()), "add");
    }

    @POST
    @Path("/{user}/{verb}")
    @Requires("users:write")
    public Response change(
            @Context HttpServletRequest request, @PathParam("user") String user, @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        if (!VERBS.contains(verb)) {
            throw new NotFoundException();
        }
        String path = "/users/" + Visit.encode(user);
        Facts known = visit.get(path);
        Reply reply = verb.equals("remove")
                ? visit.ask("DELETE", path, null)
                : visit.post(path + '/' + CustomerPages.operation(verb), null);
        return reply.ok()
                ? Answers.done(visit, "/people", "user_" + verb, known.text("name"))
                : show(visit, Form.empty().refused(reply, site.words()), "");
    }
}
