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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** Addresses of the agency's own programs that are told what happens, and what was sent to them. */
@Path("/")
public final class WebhookPages {
    private static final String LIST = "/webhooks";
    private static final String ID = LIST + "/{id: whe_[0-9a-z]{1,40}}";
    private static final String ENDPOINTS = "/webhook-endpoints";
    private static final String DELIVERIES = "/webhook-deliveries";
    private static final int ROWS = 25;
    private static final List<String> VIEWS = List.of("", "queued", "failed", "sent");

    /** What can be told, as groups of types; a single type can be typed. */
    static final List<String> GROUPS =
            List.of("*", "purchase.*", "refund.*", "dispute.*", "balance.*", "subscription.*");

    private final Site site;

    WebhookPages(Site site) {
        this.site = site;
    }

    private Frame frame(Visit visit, String title) {
        return new Frame(visit, title, "webhooks");
    }

    @GET
    @Path(LIST)
    @Requires("webhooks:read")
    public Response list(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        String status = VIEWS.contains(visit.query("status")) ? visit.query("status") : "";
        Facts page = visit.get(
                Visit.path(DELIVERIES, "status", status, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        List<Facts> endpoints = visit.get(ENDPOINTS + "?limit=50").items();
        Map<String, String> urls = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> urls.put(endpoint.text("id"), endpoint.text("url")));
        return Answers.page(
                frame(visit, site.words().say("nav.webhooks")),
                "console/webhooks",
                "endpoints",
                endpoints,
                "urls",
                urls,
                "page",
                page,
                "views",
                VIEWS,
                "shown",
                status,
                "pager",
                Pager.of(visit, Visit.path(LIST, "status", status), page, ROWS, -1));
    }

    private Response editor(Visit visit, String title, String path, Form form) {
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, title),
                "console/webhook-form",
                "action",
                path,
                "groups",
                GROUPS,
                "form",
                form);
    }

    @GET
    @Path(LIST + "/new")
    @Requires("webhooks:write")
    public Response fresh(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return editor(
                visit,
                site.words().say("webhook.add"),
                LIST + "/new",
                Form.of("events", "*", "notifyEmail", visit.me().text("user/email"), "enabled", "true"));
    }

    private static ObjectNode body(Form form, boolean fresh) {
        String[] texts = {"url", "description", "notifyEmail"};
        ObjectNode body = fresh ? form.json(texts) : form.patch(texts);
        var events = form.many("events");
        for (String type : form.value("more").strip().split("[\\s,]+", -1)) {
            if (!type.isEmpty()) {
                events.add(type);
            }
        }
        body.set("events", events);
        body.put("enabled", form.chosen("enabled", "true"));
        return body;
    }

    private static String field(String name) {
        return name.startsWith("events.") ? "events" : name;
    }

    /** The secret is on the page that answers this, and nowhere else ever. */
    @POST
    @Path(LIST + "/new")
    @Requires("webhooks:write")
    public Response create(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.post(ENDPOINTS, body(form, true));
        return reply.ok()
                ? one(visit, reply.body().text("id"), reply.body().text("secret"), Form.empty())
                : editor(
                        visit,
                        site.words().say("webhook.add"),
                        LIST + "/new",
                        form.refused(reply, site.words(), WebhookPages::field));
    }

    @GET
    @Path(ID)
    @Requires("webhooks:read")
    public Response one(@Context HttpServletRequest request, @PathParam("id") String id) {
        return one(Visit.of(site, request), id, "", Form.empty());
    }

    private Response one(Visit visit, String id, String secret, Form form) {
        Facts endpoint = visit.get(ENDPOINTS + '/' + id);
        Facts page = visit.get(
                Visit.path(DELIVERIES, "endpoint", id, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, endpoint.text("url")),
                "console/webhook",
                "endpoint",
                endpoint,
                "secret",
                secret,
                "page",
                page,
                "pager",
                Pager.of(visit, LIST + '/' + id, page, ROWS, -1),
                "form",
                form,
                "dialog",
                visit.query("dialog"));
    }

    @GET
    @Path(ID + "/edit")
    @Requires("webhooks:write")
    public Response edit(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.ask("GET", ENDPOINTS + '/' + id, null);
        if (!reply.ok()) {
            throw new PageProblem(reply.status(), reply.body().text("detail"));
        }
        Facts endpoint = reply.body();
        List<String> events = endpoint.list("events").stream().map(Facts::text).toList();
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String name : new String[] {"url", "description", "notifyEmail"}) {
            values.put(name, List.of(endpoint.text(name)));
        }
        values.put("events", events);
        values.put(
                "more",
                List.of(String.join(
                        " ",
                        events.stream().filter(event -> !GROUPS.contains(event)).toList())));
        values.put("enabled", List.of(endpoint.is("status", "enabled") ? "true" : "false"));
        values.put("version", List.of(reply.tag().orElse("")));
        return editor(visit, site.words().say("webhook.edit"), LIST + '/' + id + "/edit", Form.sent(values));
    }

    @POST
    @Path(ID + "/edit")
    @Requires("webhooks:write")
    public Response save(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.ask("PATCH", ENDPOINTS + '/' + id, body(form, false), "If-Match", form.value("version"));
        if (reply.ok()) {
            return Answers.done(visit, LIST + '/' + id, "webhook_saved", "");
        }
        visit.get(ENDPOINTS + '/' + id);
        return editor(
                visit,
                site.words().say("webhook.edit"),
                LIST + '/' + id + "/edit",
                form.refused(reply, site.words(), WebhookPages::field));
    }

    @POST
    @Path(ID + "/{verb}")
    @Requires("webhooks:write")
    public Response act(
            @Context HttpServletRequest request, @PathParam("id") String id, @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        String path = ENDPOINTS + '/' + id;
        switch (verb) {
            case "test" -> {
                Reply reply = visit.post(path + "/test", null);
                return reply.ok()
                        ? Answers.done(visit, LIST + '/' + id, "webhook_test", "")
                        : one(visit, id, "", Form.empty().refused(reply, site.words()));
            }
            case "rotate" -> {
                Reply reply = visit.post(path + "/rotate-secret", null);
                return one(
                        visit,
                        id,
                        reply.body().text("secret"),
                        reply.ok() ? Form.empty() : Form.empty().refused(reply, site.words()));
            }
            case "remove" -> {
                Reply reply = visit.ask("DELETE", path, null);
                return reply.ok()
                        ? Answers.done(visit, LIST, "webhook_removed", "")
                        : one(visit, id, "", Form.empty().refused(reply, site.words()));
            }
            default -> throw new NotFoundException();
        }
    }

    @GET
    @Path(LIST + "/deliveries/{delivery}")
    @Requires("webhooks:read")
    public Response delivery(@Context HttpServletRequest request, @PathParam("delivery") String id) {
        return delivery(Visit.of(site, request), id, Form.empty());
    }

    private Response delivery(Visit visit, String id, Form form) {
        Facts delivery = visit.get(DELIVERIES + '/' + Visit.encode(id));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, delivery.text("type")),
                "console/delivery",
                "delivery",
                delivery,
                "endpoint",
                visit.maybe("webhooks:read", ENDPOINTS + '/' + delivery.text("endpoint")),
                "form",
                form);
    }

    /** Sends it again; receivers know by its id that it is the same. */
    @POST
    @Path(LIST + "/deliveries/{delivery}/replay")
    @Requires("webhooks:write")
    public Response replay(@Context HttpServletRequest request, @PathParam("delivery") String id) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.post(DELIVERIES + '/' + Visit.encode(id) + "/replay", null);
        return reply.ok()
                ? Answers.done(visit, LIST + "/deliveries/" + Visit.encode(id), "webhook_replay", "")
                : delivery(visit, id, Form.empty().refused(reply, site.words()));
    }
}
