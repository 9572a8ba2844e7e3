package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
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

/** Sets of permissions that customers' users are given by name. */
@Path("/")
public final class PermissionSetPages {
    private static final String LIST = "/permission-sets";
    private static final String ID = LIST + "/{id: pms_[0-9a-z]{1,40}}";
    private static final int ROWS = 25;

    private final Site site;

    PermissionSetPages(Site site) {
        this.site = site;
    }

    private Frame frame(Visit visit, String title) {
        return new Frame(visit, title, "team");
    }

    @GET
    @Path(LIST)
    @Requires("permission-sets:read")
    public Response list(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return list(visit, Form.empty());
    }

    private Response list(Visit visit, Form form) {
        Facts page = visit.get(Visit.path(LIST, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, site.words().say("permission.sets")),
                "console/permission-sets",
                "page",
                page,
                "pager",
                Pager.of(visit, LIST, page, ROWS, -1),
                "form",
                form,
                "dialog",
                visit.query("dialog"));
    }

    private Response editor(Visit visit, String title, String path, Form form) {
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, title),
                "console/permission-set",
                "action",
                path,
                "groups",
                Permissions.grantable(Permissions.CUSTOMERS, visit::may),
                "form",
                form);
    }

    @GET
    @Path(LIST + "/new")
    @Requires("permission-sets:write")
    public Response fresh(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return editor(visit, site.words().say("permission.set.add"), LIST + "/new", Form.empty());
    }

    @POST
    @Path(LIST + "/new")
    @Requires("permission-sets:write")
    public Response create(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.post(LIST, body(form));
        return reply.ok()
                ? Answers.done(visit, LIST, "thing_added", reply.body().text("name"))
                : editor(
                        visit,
                        site.words().say("permission.set.add"),
                        LIST + "/new",
                        form.refused(reply, site.words(), PermissionSetPages::field));
    }

    private static ObjectNode body(Form form) {
        ObjectNode body = form.json("name");
        body.set("permissions", form.many("permissions"));
        return body;
    }

    /** What is wrong with one permission is said of them all. */
    private static String field(String name) {
        return name.startsWith("permissions.") ? "permissions" : name;
    }

    @GET
    @Path(ID)
    @Requires("permission-sets:write")
    public Response edit(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.ask("GET", LIST + '/' + id, null);
        if (!reply.ok()) {
            throw new PageProblem(reply.status(), reply.body().text("detail"));
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("name", List.of(reply.body().text("name")));
        values.put("version", List.of(reply.tag().orElse("")));
        values.put(
                "permissions",
                Permissions.spread(reply.body().list("permissions").stream()
                        .map(Facts::text)
                        .toList()));
        return editor(
                visit, site.words().say("edit.named", reply.body().text("name")), LIST + '/' + id, Form.sent(values));
    }

    @POST
    @Path(ID)
    @Requires("permission-sets:write")
    public Response save(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.ask("PATCH", LIST + '/' + id, body(form), "If-Match", form.value("version"));
        return reply.ok()
                ? Answers.done(visit, LIST, "thing_saved", reply.body().text("name"))
                : editor(
                        visit,
                        site.words()
                                .say("edit.named", visit.get(LIST + '/' + id).text("name")),
                        LIST + '/' + id,
                        form.refused(reply, site.words(), PermissionSetPages::field));
    }

    @POST
    @Path(ID + "/delete")
    @Requires("permission-sets:write")
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        String name = visit.get(LIST + '/' + id).text("name");
        Reply reply = visit.ask("DELETE", LIST + '/' + id, null);
        return reply.ok()
                ? Answers.done(visit, LIST, "thing_removed", name)
                : list(visit, Form.empty().refused(reply, site.words()));
    }
}
