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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.LifetimeValue;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Runway;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.UsageChart;
import org.bursar.web.internal.Visit;
import org.bursar.web.internal.parts.Part;

/** One customer: what it is, what it has, what it did. */
@Path("/customers/{id: cus_[0-9a-z]{1,40}}")
public final class CustomerPages {
    private static final int ROWS = 12;
    private static final Set<String> VERBS = Set.of("activate", "deactivate", "suspend", "resume");
    static final Set<String> LOCKS = Set.of("lock", "unlock");
    private static final Set<String> USER_VERBS = Set.of("disable", "enable", "welcome", "second-factor");

    private final Site site;
    private final Dashboard dashboard;

    CustomerPages(Site site) {
        this.site = site;
        this.dashboard = new Dashboard(site);
    }

    static String api(String id) {
        return "/customers/" + Visit.encode(id);
    }

    static Facts customer(Visit visit, String id) {
        return visit.get(api(id));
    }

    static Frame frame(Visit visit, Facts customer) {
        return new Frame(visit, customer.text("name"), "customers");
    }

    @GET
    @Requires("customers:read")
    public Response overview(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return overview(visit, id, Form.empty(), visit.query("dialog"));
    }

    private Response overview(Visit visit, String id, Form form, String dialog) {
        Facts customer = customer(visit, id);
        Frame frame = frame(visit, customer);
        List<String> workspaces = new ArrayList<>();
        Set<String> own = new java.util.HashSet<>();
        customer.list("workspaces").forEach(workspace -> own.add(workspace.text()));
        for (Facts workspace :
                visit.maybe("workspaces:read", "/workspaces?limit=200").items()) {
            if (own.contains(workspace.text("id"))) {
                workspaces.add(workspace.text("name"));
            }
        }
        Response.ResponseBuilder answer = form.anyWrong() ? Response.status(422) : Response.ok();
        return Answers.page(
                answer,
                frame,
                "console/customer-overview",
                "c",
                customer,
                "usage",
                visit.maybe("reports:read", Visit.path("/reports/usage", "customer", id)),
                "lifetime",
                LifetimeValue.of(
                        visit.maybe("reports:profitability", "/reports/lifetime-value/" + Visit.encode(id)),
                        frame.unit()),
                "used",
                used(visit, id),
                "subscription",
                visit.maybe("subscriptions:read", "/subscriptions/" + Visit.encode(id)),
                "audit",
                visit.maybe("audit:read", Visit.path("/audit-entries", "customer", id, "limit", "6"))
                        .items(),
                "workspaces",
                workspaces,
                "form",
                form,
                "dialog",
                dialog);
    }

    /** What was charged on the days that are shown, and on those by which the balance is measured. */
    private static UsageChart used(Visit visit, String id) {
        int range = UsageChart.range(visit.query("range"));
        int days = Math.max(range, Runway.LATE + 1);
        return UsageChart.of(
                visit.maybe(
                        "reports:read",
                        Visit.path("/reports/usage-series", "customer", id, "days", String.valueOf(days))),
                range,
                visit.now());
    }

    /** The customer's own start page, to be looked at. */
    @GET
    @Path("/dashboard")
    @Requires("customers:read")
    public Response dashboard(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return dashboard.look(visit, frame(visit, customer(visit, id)), id);
    }

    @GET
    @Path("/edit")
    @Requires("customers:write")
    public Response edit(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.ask("GET", api(id), null);
        if (!reply.ok()) {
            throw new NotFoundException();
        }
        Facts c = reply.body();
        List<String> pairs = new ArrayList<>();
        for (String name : CustomersPages.COMPANY) {
            pairs.add(name);
            pairs.add(c.text(name.replace('.', '/')));
        }
        pairs.add("version");
        pairs.add(reply.tag().orElse(""));
        return Answers.page(
                frame(visit, c), "console/customer-edit", "c", c, "form", Form.of(pairs.toArray(String[]::new)));
    }

    @POST
    @Path("/edit")
    @Requires("customers:write")
    public Response edited(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply =
                visit.ask("PATCH", api(id), form.patch(CustomersPages.COMPANY), "If-Match", form.value("version"));
        if (!reply.ok()) {
            Facts c = customer(visit, id);
            return Answers.again(
                    frame(visit, c), "console/customer-edit", "c", c, "form", form.refused(reply, site.words()));
        }
        return Answers.done(
                visit, "/customers/" + id, "customer_saved", reply.body().text("name"));
    }

    /** Changes the account's status, each by the operation of its name. */
    @POST
    @Path("/status/{verb}")
    @Requires("customers:write")
    public Response status(
            @Context HttpServletRequest request, @PathParam("id") String id, @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        if (!VERBS.contains(verb)) {
            throw new NotFoundException();
        }
        Form form = Form.sent(visit.form());
        Reply reply = visit.post(api(id) + '/' + verb, form.json("reason"));
        return reply.ok()
                ? Answers.done(visit, "/customers/" + id, verb, reply.body().text("name"))
                : overview(visit, id, form.refused(reply, site.words()), verb);
    }

    @POST
    @Path("/service/{verb}")
    @Requires("subscriptions:write")
    public Response service(
            @Context HttpServletRequest request, @PathParam("id") String id, @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        if (!LOCKS.contains(verb)) {
            throw new NotFoundException();
        }
        Form form = Form.sent(visit.form());
        Reply reply = visit.post("/subscriptions/" + Visit.encode(id) + '/' + verb, form.json("reason"));
        return reply.ok()
                ? Answers.done(
                        visit, "/customers/" + id, verb, customer(visit, id).text("name"))
                : overview(visit, id, form.refused(reply, site.words()), verb);
    }

    /** Deleting is final after its grace period: the name must be typed. */
    @POST
    @Path("/delete")
    @Requires("customers:write")
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts customer = customer(visit, id);
        Form form = Form.sent(visit.form());
        if (!form.value("name").strip().equals(customer.text("name"))) {
            return overview(
                    visit,
                    id,
                    form.refuse("name", site.words().say("delete.name.wrong", customer.text("name"))),
                    "delete");
        }
        Reply reply = visit.ask("DELETE", api(id), null);
        return reply.ok()
                ? Answers.done(visit, "/customers", "customer_deleted", customer.text("name"))
                : overview(visit, id, form.refused(reply, site.words()), "delete");
    }

    @GET
    @Path("/users")
    @Requires("users:read")
    public Response users(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return users(visit, id, Form.of("access", "limited", "role", "member"), visit.query("dialog"));
    }

    private Response users(Visit visit, String id, Form form, String dialog) {
        Facts customer = customer(visit, id);
        Facts page = visit.get(
                Visit.path("/users", "customer", id, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, customer),
                "console/customer-users",
                "c",
                customer,
                "page",
                page,
                "sets",
                visit.maybe("permission-sets:read", "/permission-sets?limit=100")
                        .items(),
                "pager",
                Pager.of(visit, "/customers/" + id + "/users", page, ROWS, -1),
                "form",
                form,
                "dialog",
                dialog);
    }

    @POST
    @Path("/users")
    @Requires("users:write")
    public Response addUser(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("firstName", "lastName", "email", "role");
        body.put("customer", id);
        if (!form.value("role").equals("customer_admin")) {
            access(body, form.value("access"));
        }
        Reply reply = visit.post("/users", body);
        return reply.ok()
                ? Answers.done(
                        visit,
                        "/customers/" + id + "/users",
                        "user_added",
                        reply.body().text("name"))
                : users(visit, id, form.refused(reply, site.words()), "add");
    }

    /** A level by its name, or a permission set by its id. */
    static void access(ObjectNode body, String chosen) {
        if (chosen.startsWith("pms_")) {
            body.put("access", "custom").put("permissionSet", chosen);
        } else if (!chosen.isEmpty()) {
            body.put("access", chosen);
        }
    }

    /** What is done to a user, below the user's path. */
    static String operation(String verb) {
        return verb.equals("second-factor") ? "second-factor/reset" : verb;
    }

    @POST
    @Path("/users/{user}/{verb}")
    @Requires("users:write")
    public Response user(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @PathParam("user") String user,
            @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        String path = "/users/" + Visit.encode(user);
        Facts known = visit.get(path);
        if (!known.is("customer", id)) {
            throw new NotFoundException();
        }
        Reply reply;
        if (verb.equals("remove")) {
            reply = visit.ask("DELETE", path, null);
        } else if (USER_VERBS.contains(verb)) {
            reply = visit.post(path + '/' + operation(verb), null);
        } else {
            throw new NotFoundException();
        }
        return reply.ok()
                ? Answers.done(visit, "/customers/" + id + "/users", "user_" + verb, known.text("name"))
                : users(visit, id, Form.empty().refused(reply, site.words()), "");
    }

    @GET
    @Path("/chats")
    @Requires("threads:read")
    public Response chats(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts customer = customer(visit, id);
        Facts page = visit.get(Visit.path(
                "/threads",
                "customer",
                id,
                "q",
                visit.query("q").strip(),
                "limit",
                String.valueOf(ROWS),
                "after",
                visit.query("after")));
        String address =
                Visit.path("/customers/" + id + "/chats", "q", visit.query("q").strip());
        return Answers.page(
                frame(visit, customer),
                "console/customer-chats",
                "c",
                customer,
                "page",
                page,
                "pager",
                Pager.of(visit, address, page, ROWS, -1));
    }

    @GET
    @Path("/usage")
    @Requires("reports:read")
    public Response usage(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts customer = customer(visit, id);
        return Answers.page(
                frame(visit, customer),
                "console/customer-usage",
                "c",
                customer,
                "report",
                visit.get(Visit.path(
                        "/reports/usage", "customer", id, "from", visit.query("from"), "to", visit.query("to"))));
    }

    /** A tab that another bundle adds; when it has gone, fails or hangs, the customer's page around it stands. */
    @GET
    @Path("/x/{tab}")
    @Requires("customers:read")
    public Response tab(@Context HttpServletRequest request, @PathParam("id") String id, @PathParam("tab") String tab) {
        Visit visit = Visit.of(site, request);
        Facts customer = customer(visit, id);
        Part part = site.parts().tab(tab).orElse(null);
        if (part != null && !visit.may(part.permission())) {
            throw new PageProblem(403, site.words().say("problem.forbidden"));
        }
        String html = part == null
                ? ""
                : site.parts().drawing().draw(part, visit, customer.text("id")).orElse("");
        Response.Status missing = part == null ? Response.Status.NOT_FOUND : Response.Status.SERVICE_UNAVAILABLE;
        return Answers.page(
                html.isEmpty() ? Response.status(missing) : Response.ok(),
                frame(visit, customer),
                "console/customer-tab",
                "c",
                customer,
                "tab",
                tab,
                "html",
                html);
    }

    @GET
    @Path("/audit")
    @Requires("audit:read")
    public Response audit(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts customer = customer(visit, id);
        Facts page =
                visit.get(Visit.path("/audit-entries", "customer", id, "limit", "25", "after", visit.query("after")));
        return Answers.page(
                frame(visit, customer),
                "console/customer-audit",
                "c",
                customer,
                "page",
                page,
                "pager",
                Pager.of(visit, "/customers/" + id + "/audit", page, 25, -1));
    }
}
