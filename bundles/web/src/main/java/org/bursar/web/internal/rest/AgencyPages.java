package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bursar.rest.Requires;
import org.bursar.web.internal.BrandCss;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** The agency itself: its team, its keys, its brand, and what was done in it. */
@Path("/")
public final class AgencyPages {
    private static final String LOGO = "file";

    /** A little more than a logo may have, for what else is in its form. */
    private static final int LARGEST_LOGO_FORM = 72 * 1024;

    private static final int ROWS = 25;
    /** What people who only look have no use for. */
    private static final Set<String> SECRETIVE = Set.of("api-keys:read", "mails:read", "clock:read", "webhooks:read");

    private static final Set<String> USER_VERBS = Set.of("welcome", "remove");

    private final Site site;

    AgencyPages(Site site) {
        this.site = site;
    }

    private Frame frame(Visit visit, String section) {
        return new Frame(visit, site.words().say("nav." + section), section);
    }

    @GET
    @Path("/audit")
    @Requires(value = "audit:read", level = Requires.Level.CALLER)
    public Response audit(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Facts page =
                visit.get(Visit.path("/audit-entries", "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                frame(visit, "audit"),
                "console/audit",
                "page",
                page,
                "pager",
                Pager.of(visit, "/audit", page, ROWS, -1));
    }

    @GET
    @Path("/team")
    @Requires(value = "users:read", level = Requires.Level.CALLER)
    public Response team(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return team(visit, Form.empty(), visit.query("dialog"));
    }

    private Response team(Visit visit, Form form, String dialog) {
        // without an agency they are the platform's own people
        String role = visit.tenant().isPresent() ? "staff" : "";
        Facts page = visit.get(
                Visit.path("/users", "role", role, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, "team"),
                "console/team",
                "page",
                page,
                "pager",
                Pager.of(visit, "/team", page, ROWS, -1),
                "groups",
                Permissions.grantable(Permissions.AGENCY, visit::may),
                "form",
                form,
                "dialog",
                dialog);
    }

    @POST
    @Path("/team")
    @Requires(value = "users:write", level = Requires.Level.CALLER)
    public Response invite(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("firstName", "lastName", "email");
        if (visit.tenant().isEmpty()) {
            body.put("role", "platform_admin");
        } else {
            body.put("role", "staff");
            body.set("permissions", permissions(form));
        }
        Reply reply = visit.post("/users", body);
        return reply.ok()
                ? Answers.done(visit, "/team", "user_added", reply.body().text("name"))
                : team(visit, form.refused(reply, site.words(), AgencyPages::field), "add");
    }

    /** Everything, everything to look at, or those that were ticked. */
    private static ArrayNode permissions(Form form) {
        ArrayNode permissions = JsonNodeFactory.instance.arrayNode();
        switch (form.value("access")) {
            case "all" -> permissions.add("*");
            case "read" ->
                Permissions.AGENCY.values().stream()
                        .flatMap(List::stream)
                        .filter(permission -> permission.endsWith(":read"))
                        .filter(permission -> !SECRETIVE.contains(permission))
                        .forEach(permissions::add);
            default -> permissions.addAll(form.many("permissions"));
        }
        return permissions;
    }

    /** What is wrong with one permission is said of them all. */
    private static String field(String name) {
        return name.startsWith("permissions.") ? "permissions" : name;
    }

    @POST
    @Path("/team/{user}/{verb}")
    @Requires(value = "users:write", level = Requires.Level.CALLER)
    public Response teamUser(
            @Context HttpServletRequest request, @PathParam("user") String user, @PathParam("verb") String verb) {
        Visit visit = Visit.of(site, request);
        if (!USER_VERBS.contains(verb)) {
            throw new NotFoundException();
        }
        String path = "/users/" + Visit.encode(user);
        Facts known = visit.get(path);
        Reply reply = verb.equals("remove") ? visit.ask("DELETE", path, null) : visit.post(path + "/welcome", null);
        return reply.ok()
                ? Answers.done(visit, "/team", "user_" + verb, known.text("name"))
                : team(visit, Form.empty().refused(reply, site.words()), "");
    }

    @GET
    @Path("/keys")
    @Requires(value = "api-keys:read", level = Requires.Level.CALLER)
    public Response keys(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        // a key gets what is ticked unless somebody says otherwise
        return keys(visit, Form.of("access", "some"), "", visit.query("dialog"));
    }

    private Response keys(Visit visit, Form form, String secret, String dialog) {
        Facts page = visit.get(Visit.path("/api-keys", "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, "keys"),
                "console/keys",
                "page",
                page,
                "pager",
                Pager.of(visit, "/keys", page, ROWS, -1),
                "groups",
                Permissions.grantable(Permissions.AGENCY, visit::may),
                "form",
                form,
                "secret",
                secret,
                "dialog",
                dialog);
    }

    /** The key itself is on the page that answers this, and nowhere else ever. */
    @POST
    @Path("/keys")
    @Requires(value = "api-keys:write", level = Requires.Level.CALLER)
    public Response newKey(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("name");
        body.set("permissions", permissions(form));
        Reply reply = visit.post("/api-keys", body);
        return reply.ok()
                ? keys(visit, Form.empty(), reply.body().text("key"), "")
                : keys(visit, form.refused(reply, site.words(), AgencyPages::field), "", "add");
    }

    @POST
    @Path("/keys/{id}/revoke")
    @Requires(value = "api-keys:write", level = Requires.Level.CALLER)
    public Response revoke(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        visit.get("/api-keys/" + Visit.encode(id));
        Reply reply = visit.ask("DELETE", "/api-keys/" + Visit.encode(id), null);
        return reply.ok()
                ? Answers.done(visit, "/keys", "key_revoked", "")
                : keys(visit, Form.empty().refused(reply, site.words()), "", "");
    }

    @GET
    @Path("/branding")
    @Requires("*")
    public Response branding(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = brand(visit);
        boolean large = visit.query("refused").equals("too_large");
        return branding(visit, large ? form.refuse(LOGO, site.words().say("logo.refused")) : form, "");
    }

    private static Form brand(Visit visit) {
        Reply brand = visit.ask("GET", tenant(visit) + "/brand", null);
        return Form.of(
                "name",
                brand.body().text("name"),
                "colour",
                brand.body().text("colour"),
                "supportEmail",
                brand.body().text("supportEmail"),
                "senderAddress",
                brand.body().text("senderAddress"),
                "version",
                brand.tag().orElse(""));
    }

    /** How a name and a colour would look: a part of the page, fetched while they are typed. */
    @GET
    @Path("/branding/preview")
    @Requires("*")
    public Response preview(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return Answers.page(
                frame(visit, "branding"),
                "console/brand-preview",
                "name",
                visit.query("name").strip(),
                "colour",
                visit.query("colour").strip());
    }

    @GET
    @Path("/branding/preview/{colour}.css")
    @Requires("*")
    public Response previewCss(@PathParam("colour") String colour) {
        if (!colour.matches("[0-9a-fA-F]{6}")) {
            throw new NotFoundException();
        }
        return Response.ok(BrandCss.preview('#' + colour), "text/css; charset=utf-8")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .build();
    }

    private static String tenant(Visit visit) {
        return "/tenants/" + visit.tenant().orElseThrow(NotFoundException::new);
    }

    private Response branding(Visit visit, Form form, String hostProblem) {
        return Answers.page(
                form.anyWrong() || !hostProblem.isEmpty() ? Response.status(422) : Response.ok(),
                frame(visit, "branding"),
                "console/branding",
                "form",
                form,
                "domains",
                visit.get(tenant(visit) + "/domains?limit=50").items(),
                "slug",
                site.tenant(visit.tenant().orElseThrow())
                        .map(tenant -> tenant.slug())
                        .orElse(""),
                "hostProblem",
                hostProblem);
    }

    @POST
    @Path("/branding")
    @Requires("*")
    public Response brand(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.ask(
                "PUT",
                tenant(visit) + "/brand",
                form.json("name", "colour", "supportEmail", "senderAddress"),
                "If-Match",
                form.value("version"));
        return reply.ok()
                ? Answers.done(visit, "/branding", "brand_saved", "")
                : branding(visit, form.refused(reply, site.words()), "");
    }

    /** Sets the logo to the file of the form, or removes it where the form asks for that. */
    @POST
    @Path("/branding/logo")
    @Requires("*")
    @Upload(file = LOGO, most = LARGEST_LOGO_FORM)
    public Response logo(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        String path = tenant(visit) + "/logo";
        boolean removes = visit.form("remove").equals("true");
        Reply reply = removes
                ? visit.ask("DELETE", path, null)
                : visit.ask(
                        "PUT",
                        path,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("content", Base64.getEncoder().encodeToString(visit.file())));
        // one that is not there any more is removed
        boolean gone = removes && reply.status() == Response.Status.NOT_FOUND.getStatusCode();
        if (reply.ok() || gone) {
            return Answers.done(visit, "/branding", removes ? "logo_removed" : "logo_saved", "");
        }
        Form refused = Form.empty().refused(reply, site.words());
        String why = refused.wrong("content") ? site.words().say("logo.refused") : refused.problem();
        return branding(visit, brand(visit).refuse(LOGO, why), "");
    }

    @POST
    @Path("/branding/domains")
    @Requires("*")
    public Response domain(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form sent = Form.sent(visit.form());
        String path = tenant(visit) + "/domains";
        boolean removes = !sent.value("remove").isEmpty();
        Reply reply = removes
                ? visit.ask("DELETE", path + '/' + Visit.encode(sent.value("remove")), null)
                : visit.post(path, sent.json("host"));
        if (reply.ok()) {
            return Answers.done(visit, "/branding", removes ? "host_removed" : "host_added", "");
        }
        Facts brand = visit.get(tenant(visit) + "/brand");
        Form form = Form.of(
                "name",
                brand.text("name"),
                "colour",
                brand.text("colour"),
                "supportEmail",
                brand.text("supportEmail"),
                "senderAddress",
                brand.text("senderAddress"));
        Form refused = sent.refused(reply, site.words());
        return branding(visit, form, refused.wrong("host") ? refused.error("host") : refused.problem());
    }
}
