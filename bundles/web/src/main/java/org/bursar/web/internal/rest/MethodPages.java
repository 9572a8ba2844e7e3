package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** The payment methods that a customer has saved, on its account page: removed here, or looked after on their provider's pages. */
@Path("/account/methods/{method}")
@On(On.Side.PORTAL)
public final class MethodPages {
    private static final int NOT_FOUND = 404;

    private final Site site;
    private final AccountPages account;

    MethodPages(Site site, AccountPages account) {
        this.site = site;
        this.account = account;
    }

    @POST
    @Path("/remove")
    @Requires("purchases:write")
    public Response remove(@Context HttpServletRequest request, @PathParam("method") String method) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.ask("DELETE", "/saved-methods/" + Visit.encode(method), null);
        return reply.ok() ? Answers.done(visit, "/account", "method_removed", "") : refused(visit, reply);
    }

    /** Forms lead to this host alone, so the way to the provider is a link on the answer, as for paying. */
    @POST
    @Path("/portal")
    @Requires("purchases:write")
    public Response portal(@Context HttpServletRequest request, @PathParam("method") String method) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.post("/saved-methods/" + Visit.encode(method) + "/portal", null);
        return reply.ok()
                ? account.account(
                        visit, Form.empty(), "portal", method, reply.body().text("url"))
                : refused(visit, reply);
    }

    private Response refused(Visit visit, Reply reply) {
        if (reply.status() == NOT_FOUND) {
            throw PageProblem.notFound();
        }
        return account.account(visit, Form.empty().refused(reply, site.words()), "", "", "");
    }
}
