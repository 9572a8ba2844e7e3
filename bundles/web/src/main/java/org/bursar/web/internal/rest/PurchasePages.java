package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Live;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** Purchases: the agency's queue of deposits to approve, and on a tenant's host what one's own company bought and buys. */
@Path("/")
@On(On.Side.BOTH)
public final class PurchasePages {
    private static final int ROWS = 12;
    private static final int UNPROCESSABLE = 422;
    private static final String SLIP = "slip";
    /** A slip has at most 5 MiB; the rest is for what else is in its form. */
    private static final int LARGEST_CLAIM = 5 * 1024 * 1024 + 64 * 1024;

    private static final Set<String> VERBS = Set.of("approve", "decline", "reconcile");

    private final Site site;
    private final Dashboard dashboard;

    PurchasePages(Site site) {
        this.site = site;
        this.dashboard = new Dashboard(site);
    }

    @GET
    @Path("/purchases")
    @Requires("purchases:read")
    public Response list(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Live live = live(visit);
        return visit.portal()
                ? own(visit, live, Facts.NONE, Form.empty())
                : queue(visit, live, Facts.NONE, Form.empty(), "");
    }

    /** What was too large to be taken at all; the form came back by its address alone. */
    private Form refusal(Visit visit) {
        Form form = Form.empty();
        return visit.query("refused").equals("too_large")
                ? form.refuse(SLIP, site.words().say("error.slip_too_large"))
                : form;
    }

    private Response own(Visit visit, Live live, Facts open, Form form) {
        Facts page = visit.get(Visit.path("/purchases", "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("nav.purchases"), "purchases"),
                "portal/purchases",
                "form",
                form,
                "page",
                page,
                "pager",
                Pager.of(visit, "/purchases", page, ROWS, -1),
                "open",
                open,
                "claim",
                about(visit, open, "/claim"),
                "refunds",
                about(visit, open, "/refunds?limit=20").items(),
                "live",
                live);
    }

    /** What belongs to the purchase that is open. */
    private static Facts about(Visit visit, Facts open, String what) {
        return open.there() ? visit.maybe("purchases:read", "/purchases/" + open.text("id") + what) : Facts.NONE;
    }

    private static Live live(Visit visit) {
        return visit.live("", "purchases");
    }

    /** Of an amount without one: the wallets', and where those hold credits the packages'. */
    private static String currency(Visit visit, Frame frame, PurchaseSearch search) {
        return search.amount().isEmpty() || frame.unit().matches("[A-Z]{3}")
                ? frame.unit()
                : visit.maybe("packages:read", "/packages?limit=1").items().stream()
                        .map(sold -> sold.text("price/currency"))
                        .findFirst()
                        .orElse("USD");
    }

    /** Those of this month that were declined, a hundred of them at most. */
    private static Facts declined(Visit visit, Frame frame) {
        ZoneId zone = frame.show().zone();
        LocalDate first = LocalDate.ofInstant(visit.now(), zone).withDayOfMonth(1);
        return visit.get(Visit.path(
                "/purchases",
                "status",
                "declined",
                "limit",
                "100",
                "from",
                first.atStartOfDay(zone).toInstant().toString()));
    }

    private static String operation(Visit visit, Frame frame, PurchaseSearch search, String... more) {
        ZoneId zone = frame.show().zone();
        return search.operation(LocalDate.ofInstant(visit.now(), zone), zone, currency(visit, frame, search), more);
    }

    /** What is wrong with what was looked for; any other refusal is the page's. */
    private Form sought(Reply refusal) {
        if (refusal.status() != UNPROCESSABLE) {
            throw new PageProblem(refusal.status(), refusal.body().text("detail"));
        }
        Form sought = Form.empty().refused(refusal, site.words());
        boolean broad = refusal.body().list("errors").stream().anyMatch(error -> error.is("code", "too_many"));
        return broad ? sought.refuse("q", site.words().say("purchases.search.broad")) : sought;
    }

    private Response queue(Visit visit, Live live, Facts open, Form form, String dialog) {
        PurchaseSearch search = PurchaseSearch.of(visit);
        Frame frame = new Frame(visit, site.words().say("nav.purchases"), "purchases");
        Facts waiting = visit.get("/purchases?status=awaiting_payment&limit=100");
        Reply listed = visit.ask(
                "GET",
                operation(visit, frame, search, "limit", String.valueOf(ROWS), "after", visit.query("after")),
                null);
        Form sought = listed.ok() ? Form.empty() : sought(listed);
        Facts page = listed.ok() ? listed.body() : Facts.NONE;
        Set<String> customers = new java.util.HashSet<>();
        page.items().forEach(purchase -> customers.add(purchase.text("customer")));
        if (open.there()) {
            customers.add(open.text("customer"));
        }
        Map<String, String> names = visit.names(customers);
        return Answers.page(
                form.anyWrong() ? Response.status(UNPROCESSABLE) : Response.ok(),
                frame,
                "console/purchases",
                "page",
                page,
                "search",
                search,
                "sought",
                sought,
                "methods",
                visit.maybe("gateways:read", "/gateways").items(),
                "waiting",
                waiting,
                "declined",
                declined(visit, frame),
                "revenue",
                visit.maybe("reports:read", "/reports/revenue"),
                "names",
                names,
                "pager",
                Pager.of(visit, search.address(), page, ROWS, -1),
                "open",
                open,
                "claim",
                about(visit, open, "/claim"),
                "refunds",
                about(visit, open, "/refunds?limit=20").items(),
                "disputes",
                about(visit, open, "/disputes?limit=20").items(),
                "gateway",
                open.there()
                        ? visit.maybe("gateways:read", "/gateways/" + Visit.encode(open.text("gateway")))
                        : Facts.NONE,
                "wallet",
                open.there() ? visit.maybe("wallets:read", "/wallets/" + open.text("customer")) : Facts.NONE,
                "form",
                form,
                "dialog",
                dialog,
                "live",
                live);
    }

    @GET
    @Path("/purchases/export")
    @On(On.Side.CONSOLE)
    @Requires("purchases:read")
    public Response export(@Context HttpServletRequest request, @Context HttpServletResponse response)
            throws IOException {
        Visit visit = Visit.of(site, request);
        Frame frame = new Frame(visit, "", "purchases");
        visit.pass(operation(visit, frame, PurchaseSearch.of(visit)), "text/csv", response);
        // sent as the operation said; Jersey has nothing to add
        response.flushBuffer();
        return Response.ok().build();
    }

    @GET
    @Path("/purchases/{id}")
    @Requires("purchases:read")
    public Response one(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Live live = live(visit);
        Facts purchase = visit.get("/purchases/" + Visit.encode(id));
        String dialog = visit.query("dialog").equals("decline") ? "decline" : "details";
        return visit.portal()
                ? own(visit, live, purchase, refusal(visit))
                : queue(visit, live, purchase, Form.empty(), dialog);
    }

    /** The slip that was claimed with, as the operation sends it: a file to be saved, which no browser shows or runs. */
    @GET
    @Path("/purchases/{id}/slip")
    @Requires("purchases:read")
    public Response slip(
            @Context HttpServletRequest request, @Context HttpServletResponse response, @PathParam("id") String id)
            throws IOException {
        Visit visit = Visit.of(site, request);
        String path = "/purchases/" + Visit.encode(id);
        // a purchase without one is a page that is not there, and no problem in JSON
        visit.get(path + "/claim");
        visit.pass(path + "/slip", "*/*", response);
        response.flushBuffer();
        return Response.ok().build();
    }

    /** Approves or declines, or asks the provider, after the details were shown. */
    @POST
    @Path("/purchases/{id}/{verb}")
    @On(On.Side.CONSOLE)
    @Requires("purchases:approve")
    public Response decide(
            @Context HttpServletRequest request, @PathParam("id") String id, @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        if (!VERBS.contains(verb)) {
            throw new NotFoundException();
        }
        Form form = Form.sent(visit.form());
        String path = "/purchases/" + Visit.encode(id);
        ObjectNode body = switch (verb) {
            case "approve" -> form.json("evidence", "received.amount", "received.currency");
            case "decline" -> form.json("reason");
            default -> form.json();
        };
        Reply reply = visit.post(path + '/' + verb, body);
        if (!reply.ok()) {
            return queue(
                    visit,
                    live(visit),
                    visit.get(path),
                    form.refused(reply, site.words()),
                    verb.equals("decline") ? verb : "details");
        }
        if (verb.equals("reconcile")) {
            return Answers.done(visit, "/purchases/" + reply.body().text("id"), "purchase_reconcile", "");
        }
        return Answers.done(
                visit,
                "/purchases?status=awaiting_payment",
                "purchase_" + verb,
                reply.body().text("number"));
    }

    @GET
    @Path("/buy")
    @On(On.Side.PORTAL)
    @Requires("purchases:write")
    public Response buy(@Context HttpServletRequest request) {
        return dashboard.show(Visit.of(site, request), Form.empty(), "buy");
    }

    @POST
    @Path("/alert")
    @On(On.Side.PORTAL)
    @Requires("caps:write")
    public Response alert(@Context HttpServletRequest request) {
        return dashboard.alert(Visit.of(site, request));
    }

    /** Buys a package, or takes the plan to be paid in each cycle; what the payer does next is on the purchase's own page. */
    @POST
    @Path("/buy")
    @On(On.Side.PORTAL)
    @Requires("purchases:write")
    public Response bought(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        boolean plan = !form.value("plan").isEmpty();
        body.setAll(form.json(plan ? "plan" : "package", "gateway"));
        body.put("customer", visit.customer());
        Reply reply = visit.post("/purchases", body);
        return reply.ok()
                ? Answers.to(visit, "/purchases/" + reply.body().text("id"))
                : dashboard.show(visit, form.refused(reply, site.words()), plan ? "plan" : "buy");
    }

    /** The slip of a bank deposit: the purchase is in review from then on. */
    @POST
    @Path("/purchases/{id}/claim")
    @On(On.Side.PORTAL)
    @Requires("purchases:write")
    @Upload(file = SLIP, texts = "note", most = LARGEST_CLAIM)
    public Response claim(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        String path = "/purchases/" + Visit.encode(id);
        Facts purchase = visit.get(path);
        Reply reply = visit.postFile(path + "/claim", SLIP, "note");
        return reply.ok()
                ? Answers.done(visit, "/purchases/" + purchase.text("id"), "purchase_claim", purchase.text("number"))
                : own(visit, live(visit), purchase, Form.sent(visit.form()).refused(reply, site.words()));
    }

    @POST
    @Path("/purchases/{id}/give-up")
    @On(On.Side.PORTAL)
    @Requires("purchases:write")
    public Response giveUp(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.post("/purchases/" + Visit.encode(id) + "/cancel", null);
        if (!reply.ok()) {
            throw new PageProblem(reply.status(), reply.body().text("detail"));
        }
        return Answers.done(visit, "/purchases", "purchase_cancel", reply.body().text("number"));
    }
}
