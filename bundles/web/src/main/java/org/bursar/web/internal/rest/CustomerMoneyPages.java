package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.bursar.web.internal.Live;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** One customer's money: its credit and ledger, its plan, cycle and add-ons, and what it bought. */
@Path("/customers/{id: cus_[0-9a-z]{1,40}}")
public final class CustomerMoneyPages {
    private static final int ROWS = 12;

    private final Site site;

    CustomerMoneyPages(Site site) {
        this.site = site;
    }

    @GET
    @Path("/billing")
    @Requires("wallets:read")
    public Response billing(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return billing(visit, id, Form.of("operation", "add"), visit.query("dialog"));
    }

    private Response billing(Visit visit, String id, Form form, String dialog) {
        Live live = visit.live(id, "balance");
        Facts customer = CustomerPages.customer(visit, id);
        String encoded = Visit.encode(id);
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                CustomerPages.frame(visit, customer),
                "console/customer-billing",
                "c",
                customer,
                "wallet",
                visit.maybe("wallets:read", "/wallets/" + encoded),
                "entries",
                visit.maybe("wallets:read", "/wallets/" + encoded + "/entries?limit=8")
                        .items(),
                "subscription",
                visit.maybe("subscriptions:read", "/subscriptions/" + encoded),
                "cycle",
                visit.maybe("subscriptions:read", "/subscriptions/" + encoded + "/usage-cycle"),
                "plans",
                visit.maybe("plans:read", "/plans?limit=100").items(),
                "collecting",
                visit.may("purchases:write") && visit.may("subscriptions:write") ? collecting(visit) : List.<Facts>of(),
                "addOns",
                visit.maybe("plans:read", "/add-ons?limit=100").items(),
                "caps",
                visit.maybe("caps:read", "/wallets/" + encoded + "/caps?limit=100")
                        .items(),
                "people",
                visit.may("caps:read")
                        ? visit.maybe("users:read", Visit.path("/users", "customer", id, "limit", "100"))
                                .items()
                        : List.<Facts>of(),
                "wholesale",
                visit.maybe("wallets:read", "/wholesale"),
                "form",
                form,
                "dialog",
                dialog,
                "live",
                live);
    }

    /** The gateways that plans can be taken through now. */
    private static List<Facts> collecting(Visit visit) {
        return visit.maybe("gateways:read", "/gateways").items().stream()
                .filter(one -> one.yes("collectsPlans") && one.yes("enabled") && one.yes("configured"))
                .filter(one -> one.is("state", "active"))
                .toList();
    }

    @GET
    @Path("/ledger")
    @Requires("wallets:read")
    public Response ledger(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts customer = CustomerPages.customer(visit, id);
        Facts page = visit.get(
                Visit.path("/wallets/" + Visit.encode(id) + "/entries", "limit", "50", "after", visit.query("after")));
        return Answers.page(
                CustomerPages.frame(visit, customer),
                "console/customer-ledger",
                "c",
                customer,
                "page",
                page,
                "pager",
                Pager.of(visit, "/customers/" + id + "/ledger", page, 50, -1));
    }

    @POST
    @Path("/credit")
    @Requires("wallets:adjust")
    public Response adjust(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("operation", "reason");
        body.put("amount", form.value("amount").strip().replace(",", ""));
        Reply reply = visit.post("/wallets/" + Visit.encode(id) + "/adjustments", body);
        if (!reply.ok()) {
            return billing(visit, id, form.refused(reply, site.words()), "adjust");
        }
        Frame frame = new Frame(visit, "", "customers");
        String change = frame.show().change(reply.body().decimal("amount"), frame.unit());
        return Answers.done(visit, "/customers/" + id + "/billing", "adjusted", change);
    }

    /** What one user may spend of the customer's credit. */
    @POST
    @Path("/caps")
    @Requires("caps:write")
    public Response cap(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("period");
        body.put("amount", form.value("amount").strip().replace(",", ""));
        Reply reply = visit.ask("PUT", cap(id, form.value("user")), body);
        return reply.ok()
                ? Answers.done(visit, "/customers/" + id + "/billing", "cap_set", "")
                : billing(visit, id, form.refused(reply, site.words()), "cap");
    }

    private static String cap(String customer, String user) {
        return "/wallets/" + Visit.encode(customer) + "/caps/" + Visit.encode(user);
    }

    @POST
    @Path("/caps/{user}/remove")
    @Requires("caps:write")
    public Response uncap(
            @Context HttpServletRequest request, @PathParam("id") String id, @PathParam("user") String user) {
        Visit visit = Visit.of(site, request);
        visit.get(cap(id, user));
        Reply reply = visit.ask("DELETE", cap(id, user), null);
        return reply.ok()
                ? Answers.done(visit, "/customers/" + id + "/billing", "cap_removed", "")
                : billing(visit, id, Form.empty().refused(reply, site.words()), "");
    }

    @POST
    @Path("/cycle/reset")
    @Requires("subscriptions:write")
    public Response reset(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.post("/subscriptions/" + Visit.encode(id) + "/usage-cycle/reset", form.json("reason"));
        return reply.ok()
                ? Answers.done(visit, "/customers/" + id + "/billing", "cycle_reset", "")
                : billing(visit, id, form.refused(reply, site.words()), "reset");
    }

    /** What a plan would cost is shown before it is chosen. */
    @POST
    @Path("/plan")
    @Requires("subscriptions:write")
    public Response plan(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        String path = "/subscriptions/" + Visit.encode(id);
        JsonNode choice = JsonNodeFactory.instance.objectNode().put("plan", form.value("plan"));
        if (!form.value("confirmed").isEmpty()) {
            Reply reply = visit.ask("PUT", path, choice);
            return reply.ok()
                    ? Answers.done(
                            visit,
                            "/customers/" + id + "/billing",
                            reply.body().has("pendingPlan") ? "plan_later" : "plan_changed",
                            reply.body().text("planName"))
                    : billing(visit, id, form.refused(reply, site.words()), "");
        }
        Reply preview = visit.ask("POST", path + "/preview", choice);
        if (!preview.ok()) {
            return billing(visit, id, form.refused(preview, site.words()), "");
        }
        Facts customer = CustomerPages.customer(visit, id);
        return Answers.page(
                CustomerPages.frame(visit, customer),
                "console/plan-preview",
                "c",
                customer,
                "preview",
                preview.body(),
                "plan",
                visit.get("/plans/" + Visit.encode(form.value("plan"))));
    }

    /** Has the customer pay for a plan in its dashboard: the purchase waits there. */
    @POST
    @Path("/plan/collect")
    @Requires("subscriptions:write")
    public Response collect(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("plan", "gateway");
        body.put("customer", id);
        Reply reply = visit.post("/purchases", body);
        return reply.ok()
                ? Answers.done(
                        visit,
                        "/customers/" + id + "/purchases",
                        "plan_collect",
                        reply.body().text("number"))
                : billing(visit, id, form.refused(reply, site.words()), "collect");
    }

    @POST
    @Path("/add-ons/{addOn}")
    @Requires("subscriptions:write")
    public Response addOn(
            @Context HttpServletRequest request, @PathParam("id") String id, @PathParam("addOn") String addOn) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.ask(
                "PUT", "/subscriptions/" + Visit.encode(id) + "/add-ons/" + Visit.encode(addOn), form.json("quantity"));
        return reply.ok()
                ? Answers.done(visit, "/customers/" + id + "/billing", "add_on_changed", "")
                : billing(visit, id, form.refused(reply, site.words()), "");
    }

    @GET
    @Path("/purchases")
    @Requires("purchases:read")
    public Response purchases(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts customer = CustomerPages.customer(visit, id);
        Facts page = visit.get(
                Visit.path("/purchases", "customer", id, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                CustomerPages.frame(visit, customer),
                "console/customer-purchases",
                "c",
                customer,
                "page",
                page,
                "pager",
                Pager.of(visit, "/customers/" + id + "/purchases", page, ROWS, -1));
    }
}
