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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** How customers pay: an agency's gateways with their settings, and for the platform's admins the jars that offer them. */
@Path("/")
public final class GatewayPages {
    private static final String LIST = "/gateways";
    private static final Set<String> JAR_VERBS = Set.of("approve", "update");
    private static final int MOST = 100;

    private final Site site;

    GatewayPages(Site site) {
        this.site = site;
    }

    private static String api(String id) {
        return "/gateways/" + Visit.encode(id);
    }

    private Frame frame(Visit visit, String title) {
        return new Frame(visit, title, "gateways");
    }

    @GET
    @Path(LIST)
    @Requires(value = "gateways:read", level = Requires.Level.CALLER)
    public Response list(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return list(visit, Form.empty());
    }

    private Response list(Visit visit, Form form) {
        String title = site.words().say("nav.gateways");
        List<Facts> all = visit.get("/gateways?limit=" + MOST).items();
        Response.ResponseBuilder answer = form.anyWrong() ? Response.status(422) : Response.ok();
        return visit.tenant().isPresent()
                ? Answers.page(
                        answer,
                        frame(visit, title),
                        "console/gateways",
                        "gateways",
                        all,
                        "health",
                        health(visit, all),
                        "revenue",
                        visit.maybe("reports:profitability", "/reports/revenue").items(),
                        "form",
                        form)
                : Answers.page(
                        answer,
                        frame(visit, title),
                        "console/jars",
                        "jars",
                        all,
                        "form",
                        form,
                        "dialog",
                        visit.query("dialog"),
                        "digest",
                        visit.query("jar"));
    }

    /** How the providers of those that are set up were in the last weeks, by gateway; nobody is asked for it. */
    private static Map<String, Facts> health(Visit visit, List<Facts> gateways) {
        Map<String, Facts> health = new HashMap<>();
        gateways.stream()
                .filter(gateway -> gateway.yes("configured") && !gateway.yes("manual"))
                .forEach(gateway -> health.put(gateway.text("id"), days(visit, gateway)));
        return health;
    }

    private static Facts days(Visit visit, Facts gateway) {
        return visit.maybe("gateways:read", api(gateway.text("id")) + "/health/days");
    }

    /** Runs a jar of the folder: what it is was shown with its digest before. */
    @POST
    @Path("/gateways/jars/{digest}/{verb}")
    @Requires(value = "gateways:write", level = Requires.Level.PLATFORM)
    public Response jar(
            @Context HttpServletRequest request, @PathParam("digest") String digest, @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        if (!JAR_VERBS.contains(verb)) {
            throw new NotFoundException();
        }
        Reply reply = visit.post(api(digest) + '/' + verb, null);
        if (!reply.ok()) {
            return list(visit, Form.sent(visit.form()).refused(reply, site.words()));
        }
        String name = reply.body().text("id") + ' ' + reply.body().text("version");
        boolean runs = reply.body().is("state", "active");
        return Answers.done(visit, LIST, runs ? "jar_active" : "jar_other", name);
    }

    @POST
    @Path("/gateways/{id}/switch")
    @Requires("gateways:write")
    public Response turn(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("enabled", visit.form("enabled").equals("true"));
        Reply reply = visit.ask("PATCH", api(id), body);
        return reply.ok()
                ? Answers.done(
                        visit,
                        LIST,
                        reply.body().yes("enabled") ? "gateway_on" : "gateway_off",
                        reply.body().text("name"))
                : refused(visit, reply);
    }

    /** What is not there is a page of its own; any other refusal is said on the list. */
    private Response refused(Visit visit, Reply reply) {
        if (reply.status() == Response.Status.NOT_FOUND.getStatusCode()) {
            throw new NotFoundException();
        }
        return list(visit, Form.sent(visit.form()).refused(reply, site.words()));
    }

    /** Real money, or the provider's own test money. */
    @POST
    @Path("/gateways/{id}/mode")
    @Requires("gateways:write")
    public Response mode(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("mode", visit.form("mode"));
        Reply reply = visit.ask("PATCH", api(id), body);
        return reply.ok()
                ? Answers.done(
                        visit,
                        LIST + '/' + reply.body().text("id"),
                        reply.body().is("mode", "live") ? "gateway_live" : "gateway_test",
                        reply.body().text("name"))
                : refused(visit, reply);
    }

    /** Another address for the provider's webhooks; the one before is good for a day. */
    @POST
    @Path("/gateways/{id}/rotate")
    @Requires("gateways:write")
    public Response rotate(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.post(api(id) + "/webhook/rotate", null);
        return reply.ok()
                ? Answers.done(visit, LIST + '/' + Visit.encode(id), "gateway_rotated", "")
                : refused(visit, reply);
    }

    /** The gateway tells its provider the address and brings the signing secret; what keeps it from that is said on the list. */
    @POST
    @Path("/gateways/{id}/register")
    @Requires("gateways:write")
    public Response register(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.post(api(id) + "/webhook/register", null);
        return reply.ok()
                ? Answers.done(visit, LIST + '/' + Visit.encode(id), "gateway_registered", "")
                : refused(visit, reply);
    }

    @GET
    @Path("/gateways/{id}")
    @Requires("gateways:read")
    public Response one(@Context HttpServletRequest request, @PathParam("id") String id) {
        return one(Visit.of(site, request), id, Facts.NONE);
    }

    /** The same page with what the provider answers now: it may take its time, so the page comes first and asks for this. */
    @GET
    @Path("/gateways/{id}/health")
    @Requires("gateways:read")
    public Response health(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return one(visit, id, visit.get(api(id) + "/health"));
    }

    private Response one(Visit visit, String id, Facts health) {
        Facts gateway = visit.get(api(id));
        Reply values = visit.ask("GET", api(id) + "/settings", null);
        List<String> pairs = new ArrayList<>();
        for (Facts field : gateway.list("settings")) {
            String name = field.text("name");
            pairs.add(name);
            // of a secret only its last characters are known, and they are no value
            pairs.add(field.is("kind", "secret") ? "" : values.body().text(name));
        }
        pairs.add("version");
        pairs.add(values.tag().orElse(""));
        return one(visit, gateway, values.body(), health, Form.of(pairs.toArray(String[]::new)));
    }

    private Response one(Visit visit, Facts gateway, Facts values, Facts health, Form form) {
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, gateway.text("name")),
                "console/gateway",
                "gateway",
                gateway,
                "values",
                values,
                "health",
                health,
                "days",
                gateway.yes("manual") ? Facts.NONE : days(visit, gateway),
                "form",
                form,
                "dialog",
                visit.query("dialog"));
    }

    @POST
    @Path("/gateways/{id}")
    @Requires("gateways:write")
    public Response set(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Facts gateway = visit.get(api(id));
        Form form = Form.sent(visit.form());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        for (Facts field : gateway.list("settings")) {
            String name = field.text("name");
            String value = form.value(name);
            if (field.is("kind", "boolean")) {
                body.put(name, !value.isEmpty());
            } else if (!value.isBlank()) {
                body.put(name, value.strip());
            } else if (!field.is("kind", "secret")) {
                body.putNull(name);
            }
        }
        Reply reply = visit.ask("PUT", api(id) + "/settings", body, "If-Match", form.value("version"));
        return reply.ok()
                ? Answers.done(visit, LIST + '/' + gateway.text("id"), "gateway_saved", gateway.text("name"))
                : one(visit, gateway, visit.get(api(id) + "/settings"), Facts.NONE, form.refused(reply, site.words()));
    }
}
