package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** The platform's admins on their agencies: one of them, its hosts and its wholesale account, and what they all earn. */
@Path("/")
public final class PlatformPages {
    private static final String ONE = "/agencies/{id: ten_[0-9a-z]{1,40}}";
    private static final int ROWS = 12;
    private static final String[] EDITED = {"name", "kind", "timeZone"};

    private final Site site;

    PlatformPages(Site site) {
        this.site = site;
    }

    @GET
    @Path(ONE)
    @Requires(value = "tenants:read", level = Requires.Level.PLATFORM)
    public Response one(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return one(visit, id, Form.empty(), visit.query("dialog"));
    }

    private Response one(Visit visit, String id, Form form, String dialog) {
        Reply reply = visit.ask("GET", "/tenants/" + id, null);
        if (!reply.ok()) {
            throw new PageProblem(reply.status(), reply.body().text("detail"));
        }
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, reply.body().text("name"), "agencies"),
                "console/agency",
                "a",
                reply.body(),
                "version",
                reply.tag().orElse(""),
                "domains",
                visit.get("/tenants/" + id + "/domains?limit=50").items(),
                "wholesale",
                visit.maybe("wallets:read", "/wholesale/" + id),
                "form",
                form,
                "dialog",
                dialog);
    }

    @POST
    @Path(ONE)
    @Requires(value = "tenants:write", level = Requires.Level.PLATFORM)
    public Response edit(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.ask("PATCH", "/tenants/" + id, form.json(EDITED), "If-Match", form.value("version"));
        return reply.ok()
                ? done(visit, id, "thing_saved", reply.body().text("name"))
                : one(visit, id, form.refused(reply, site.words()), "edit");
    }

    private static Response done(Visit visit, String id, String what, String argument) {
        return Answers.done(visit, "/agencies/" + id, what, argument);
    }

    /** Suspends an agency, or lifts its suspension. */
    @POST
    @Path(ONE + "/{verb: suspend|resume}")
    @Requires(value = "tenants:write", level = Requires.Level.PLATFORM)
    public Response standing(
            @Context HttpServletRequest request, @PathParam("id") String id, @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.post("/tenants/" + id + '/' + verb, form.json("reason"));
        return reply.ok()
                ? done(visit, id, verb, reply.body().text("name"))
                : one(visit, id, form.refused(reply, site.words()), verb);
    }

    /** Says that the control of a host was checked, or that it does not lead here any more. */
    @POST
    @Path(ONE + "/domains")
    @Requires(value = "tenants:write", level = Requires.Level.PLATFORM)
    public Response domain(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        boolean verified = form.value("verified").equals("true");
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("verified", verified);
        Reply reply = visit.ask("PUT", "/tenants/" + id + "/domains/" + Visit.encode(form.value("host")), body);
        return reply.ok()
                ? done(visit, id, verified ? "host_verified" : "host_unverified", form.value("host"))
                : one(visit, id, form.refused(reply, site.words()), "");
    }

    @POST
    @Path(ONE + "/wholesale")
    @Requires(value = "tenants:write", level = Requires.Level.PLATFORM)
    public Response terms(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.ask("PUT", "/wholesale/" + id, form.json("unit", "rate", "overdraft"));
        return reply.ok()
                ? done(visit, id, "wholesale_set", "")
                : one(visit, id, form.refused(reply, site.words()), "terms");
    }

    @POST
    @Path(ONE + "/wholesale/adjust")
    @Requires(value = "tenants:write", level = Requires.Level.PLATFORM)
    public Response adjust(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("operation", "reason");
        body.put("amount", form.value("amount").strip().replace(",", ""));
        Reply reply = visit.post("/wholesale/" + id + "/adjustments", body);
        return reply.ok()
                ? done(visit, id, "wholesale_adjusted", "")
                : one(visit, id, form.refused(reply, site.words()), "adjust");
    }

    /** An agency with what it took in this month, as its own reports tell. */
    public record Earning(Facts agency, Facts revenue, Facts profitability, Facts wholesale) {}

    @GET
    @Path("/reports/agencies")
    @Requires(value = "tenants:read", level = Requires.Level.PLATFORM)
    public Response reports(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Facts page = visit.get(Visit.path("/tenants", "limit", String.valueOf(ROWS), "after", visit.query("after")));
        List<Earning> earnings = new ArrayList<>();
        for (Facts agency : page.items()) {
            String id = agency.text("id");
            earnings.add(new Earning(
                    agency,
                    in(visit, id, "/reports/revenue"),
                    in(visit, id, "/reports/profitability?limit=1"),
                    visit.maybe("wallets:read", "/wholesale/" + id)));
        }
        return Answers.page(
                new Frame(visit, site.words().say("nav.reports"), "reports"),
                "console/agencies-report",
                "earnings",
                earnings,
                "pager",
                Pager.of(visit, "/reports/agencies", page, ROWS, -1));
    }

    /** Asks as of one agency: what a platform admin may there, is that agency's own operation to say. */
    private static Facts in(Visit visit, String tenant, String path) {
        if (visit.tenant().isPresent()) {
            throw new NotFoundException();
        }
        Reply reply = visit.ask("GET", path, null, "Bursar-Tenant", tenant);
        return reply.ok() ? reply.body() : Facts.NONE;
    }
}
