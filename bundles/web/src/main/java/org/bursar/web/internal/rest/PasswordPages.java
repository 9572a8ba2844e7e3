package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.bursar.rest.Anonymous;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** Passwords: forgotten, chosen by the link of a mail, replaced when they were temporary. */
@Path("/")
@On(On.Side.BOTH)
public final class PasswordPages {
    private final Site site;

    PasswordPages(Site site) {
        this.site = site;
    }

    private Frame frame(Visit visit, String key) {
        return new Frame(visit, site.words().say(key), "");
    }

    @GET
    @Path("/reset")
    @Anonymous
    public Response forgotten(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return Answers.page(frame(visit, "reset.title"), "sign/reset", "form", Form.empty(), "sent", false);
    }

    /** The same answer whether or not the address is anybody's. */
    @POST
    @Path("/reset")
    @Anonymous
    public Response ask(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        visit.signedIn(null);
        Reply reply = visit.ask("POST", "/password-resets", form.json("email"));
        return reply.ok()
                ? Answers.page(frame(visit, "reset.title"), "sign/reset", "form", form, "sent", true)
                : Answers.again(
                        frame(visit, "reset.title"),
                        "sign/reset",
                        "form",
                        form.refused(reply, site.words()),
                        "sent",
                        false);
    }

    /** Opening a link uses nothing up: mail scanners open links. */
    @GET
    @Path("/one-time-links/{token}")
    @Anonymous
    public Response link(@Context HttpServletRequest request, @PathParam("token") String token) {
        Visit visit = Visit.of(site, request);
        visit.signedIn(null);
        Reply reply = visit.ask("GET", "/one-time-links/" + Visit.encode(token), null);
        if (!reply.ok()) {
            return Answers.page(
                    Response.status(Response.Status.NOT_FOUND), frame(visit, "link.ended.title"), "sign/link-ended");
        }
        return Answers.page(
                frame(visit, "link." + reply.body().text("purpose") + ".title"),
                "sign/link",
                "form",
                Form.empty(),
                "link",
                reply.body(),
                "token",
                token);
    }

    @POST
    @Path("/one-time-links/{token}")
    @Anonymous
    public Response use(@Context HttpServletRequest request, @PathParam("token") String token) {
        Visit visit = Visit.of(site, request);
        visit.signedIn(null);
        String path = "/one-time-links/" + Visit.encode(token);
        Reply link = visit.ask("GET", path, null);
        Form form = Form.sent(visit.form());
        boolean email = link.body().is("purpose", "email_change");
        if (!link.ok()) {
            return Answers.page(
                    Response.status(Response.Status.NOT_FOUND), frame(visit, "link.ended.title"), "sign/link-ended");
        }
        Reply reply = visit.ask("POST", path + (email ? "/email" : "/password"), form.json("password"));
        if (!reply.ok()) {
            return Answers.again(
                    frame(visit, "link." + link.body().text("purpose") + ".title"),
                    "sign/link",
                    "form",
                    Form.empty().refused(reply, site.words()),
                    "link",
                    link.body(),
                    "token",
                    token);
        }
        return Answers.done(visit, "/login", email ? "email_confirmed" : "password_chosen", "");
    }

    @GET
    @Path("/password")
    @Requires(value = "me", level = Requires.Level.CALLER)
    public Response change(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return Answers.page(frame(visit, "password.title"), "sign/password", "form", Form.empty());
    }

    @POST
    @Path("/password")
    @Requires(value = "me", level = Requires.Level.CALLER)
    public Response changed(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.ask("POST", "/me/password", Form.sent(visit.form()).json("current", "new"));
        if (!reply.ok()) {
            return Answers.again(
                    frame(visit, "password.title"),
                    "sign/password",
                    "form",
                    Form.empty().refused(reply, site.words()));
        }
        return Answers.done(visit, "/", "password_changed", "");
    }
}
