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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** What goes back: refunds by people, and what payers' banks ask back. */
@Path("/")
public final class RefundPages {
    private static final int ROWS = 25;
    private static final List<String> VIEWS = List.of("open", "", "inquiry", "won", "lost");

    private final Site site;

    RefundPages(Site site) {
        this.site = site;
    }

    /** What a refund would take, and what of it is spent already, is shown before it is asked for. */
    @GET
    @Path("/purchases/{id}/refund")
    @Requires("purchases:approve")
    public Response ask(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return show(visit, id, Form.of("amount.amount", visit.query("amount")));
    }

    private Response show(Visit visit, String id, Form form) {
        String path = "/purchases/" + Visit.encode(id);
        Facts purchase = visit.get(path);
        Reply preview = preview(visit, path, purchase, form.value("amount.amount"));
        if (!preview.ok() && !form.value("amount.amount").isBlank()) {
            form.refused(preview, site.words());
            preview = preview(visit, path, purchase, "");
        } else if (!preview.ok()) {
            form.refused(preview, site.words());
        }
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("refund.of", purchase.text("number")), "purchases"),
                "console/refund",
                "purchase",
                purchase,
                "preview",
                preview.ok() ? preview.body() : Facts.NONE,
                "gateway",
                visit.maybe("gateways:read", "/gateways/" + Visit.encode(purchase.text("gateway"))),
                "customer",
                visit.names(Set.of(purchase.text("customer"))).getOrDefault(purchase.text("customer"), ""),
                "form",
                form);
    }

    private static Reply preview(Visit visit, String path, Facts purchase, String amount) {
        return visit.ask("POST", path + "/refund/preview", amount(purchase, amount));
    }

    /** An amount is of the purchase's currency; without one it is all that can be paid back. */
    private static ObjectNode amount(Facts purchase, String amount) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String figure = amount.strip().replace(",", "");
        if (!figure.isEmpty()) {
            body.putObject("amount").put("amount", figure).put("currency", purchase.text("price/currency"));
        }
        return body;
    }

    @POST
    @Path("/purchases/{id}/refund")
    @Requires("purchases:approve")
    public Response refund(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        String path = "/purchases/" + Visit.encode(id);
        Facts purchase = visit.get(path);
        ObjectNode body = amount(purchase, form.value("amount.amount"));
        body.setAll(form.json("reason"));
        Reply reply = visit.post(path + "/refund", body);
        if (!reply.ok()) {
            return show(visit, id, form.refused(reply, site.words()));
        }
        boolean back = reply.body().is("status", "succeeded");
        boolean failed = reply.body().is("status", "failed");
        return Answers.done(
                visit,
                "/purchases/" + purchase.text("id"),
                back ? "refund_succeeded" : failed ? "refund_failed" : "refund_begun",
                purchase.text("number"));
    }

    @GET
    @Path("/purchases/disputes")
    @Requires("purchases:read")
    public Response disputes(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        String status = VIEWS.contains(visit.query("status")) ? visit.query("status") : "";
        Facts page = visit.get(Visit.path(
                "/disputes", "status", status, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        Set<String> customers = new HashSet<>();
        page.items().forEach(dispute -> customers.add(dispute.text("customer")));
        return Answers.page(
                new Frame(visit, site.words().say("disputes"), "purchases"),
                "console/disputes",
                "page",
                page,
                "views",
                VIEWS,
                "shown",
                status,
                "names",
                visit.names(customers),
                "pager",
                Pager.of(visit, Visit.path("/purchases/disputes", "status", status), page, ROWS, -1));
    }
}
