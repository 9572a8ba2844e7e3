package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** Plans: making one, its versions, and giving it another. Who has a version keeps it. */
@Path("/")
public final class PlanPages {
    private static final String ID = "/plans/{id: pln_[0-9a-z]{1,40}}";

    private final Site site;

    PlanPages(Site site) {
        this.site = site;
    }

    private static List<Facts> meters(Visit visit) {
        return visit.get("/meters?limit=200").items();
    }

    private Response editor(Visit visit, Facts plan, List<Facts> meters, Form form) {
        String title = plan.there()
                ? site.words().say("plan.version.new", plan.text("name"))
                : site.words().say("plan.add");
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, title, "plans"),
                "console/plan-form",
                "plan",
                plan,
                "rows",
                PlanForms.rows(meters, form),
                "form",
                form);
    }

    @GET
    @Path("/plans/new")
    @Requires("plans:write")
    public Response fresh(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return editor(visit, Facts.NONE, meters(visit), Form.of("cycle", "month", "cycleStart", "anniversary"));
    }

    @POST
    @Path("/plans/new")
    @Requires("plans:write")
    public Response create(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        List<Facts> meters = meters(visit);
        if (!form.value("more").isEmpty()) {
            return editor(visit, Facts.NONE, meters, form);
        }
        PlanForms terms = new PlanForms(form);
        ObjectNode body = terms.json(meters, new Frame(visit, "", "plans").unit());
        body.setAll(form.json("key", "name"));
        Reply reply = visit.post("/plans", body);
        return reply.ok()
                ? Answers.done(
                        visit,
                        "/plans/" + reply.body().text("id"),
                        "plan_added",
                        reply.body().text("name"))
                : editor(visit, Facts.NONE, meters, terms.refused(reply, site.words()));
    }

    @GET
    @Path(ID)
    @Requires("plans:read")
    public Response one(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return one(visit, id, Form.empty(), visit.query("dialog"));
    }

    private Response one(Visit visit, String id, Form form, String dialog) {
        Facts plan = visit.get("/plans/" + id);
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, plan.text("name"), "plans"),
                "console/plan",
                "plan",
                plan,
                "versions",
                visit.get("/plans/" + id + "/versions?limit=50").items(),
                "meters",
                meters(visit),
                "form",
                form,
                "dialog",
                dialog);
    }

    @POST
    @Path(ID + "/name")
    @Requires("plans:write")
    public Response rename(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", form.value("name").strip());
        Reply reply = visit.ask("PATCH", "/plans/" + id, body);
        return reply.ok()
                ? Answers.done(
                        visit, "/plans/" + id, "plan_renamed", reply.body().text("name"))
                : one(visit, id, form.refused(reply, site.words()), "rename");
    }

    @GET
    @Path(ID + "/version")
    @Requires("plans:write")
    public Response terms(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts plan = visit.get("/plans/" + id);
        List<Facts> meters = meters(visit);
        return editor(visit, plan, meters, Form.of(PlanForms.pairs(plan, meters).toArray(String[]::new)));
    }

    @POST
    @Path(ID + "/version")
    @Requires("plans:write")
    public Response version(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts plan = visit.get("/plans/" + id);
        Form form = Form.sent(visit.form());
        List<Facts> meters = meters(visit);
        if (!form.value("more").isEmpty()) {
            return editor(visit, plan, meters, form);
        }
        PlanForms terms = new PlanForms(form);
        Reply reply =
                visit.post("/plans/" + id + "/versions", terms.json(meters, new Frame(visit, "", "plans").unit()));
        return reply.ok()
                ? Answers.done(
                        visit, "/plans/" + id, "plan_version", reply.body().text("version"))
                : editor(visit, plan, meters, terms.refused(reply, site.words()));
    }
}
