package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import org.bursar.rest.Anonymous;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Cookies;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** Signing in and out, on the platform's host and on tenants'. */
@Path("/")
@On(On.Side.BOTH)
public final class SignInPages {
    private static final int CREATED = 201;
    private static final String AGENT = "User-Agent";
    private static final String SECOND_STEP = "second_factor_required";

    private final Site site;

    SignInPages(Site site) {
        this.site = site;
    }

    private Frame frame(Visit visit) {
        return new Frame(visit, site.words().say("login.title"), "");
    }

    @GET
    @Path("/login")
    @Anonymous
    public Response login(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        if (visit.caller().isPresent()) {
            return Answers.to(visit, Answers.safe(visit.query("next")));
        }
        return Answers.page(frame(visit), "sign/login", "form", Form.empty(), "next", visit.query("next"));
    }

    @POST
    @Path("/login")
    @Anonymous
    public Response begin(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        // nobody's yet: a session that is still there neither helps nor hinders
        visit.signedIn(null);
        Reply reply = visit.ask("POST", "/sessions", form.json("email", "password"), AGENT, agent(request));
        if (reply.body().is("code", SECOND_STEP)) {
            return code(visit, reply.body().text("challenge"), form, Form.empty());
        }
        if (reply.status() != CREATED) {
            Form again = Form.of("email", form.value("email"), "keep", form.value("keep"));
            return Answers.again(
                    frame(visit), "sign/login", "form", again.refused(reply, site.words()), "next", form.value("next"));
        }
        return begun(visit, reply, form);
    }

    private static String agent(HttpServletRequest request) {
        String agent = request.getHeader(AGENT);
        return agent == null ? "" : agent;
    }

    /** The second step; the password is not kept meanwhile, but what shows that it was right. */
    private Response code(Visit visit, String challenge, Form sent, Form refused) {
        Form form = Form.of("challenge", challenge, "next", sent.value("next"), "keep", sent.value("keep"));
        if (refused.anyWrong()) {
            refused.errors().forEach(form::refuse);
            if (!refused.problem().isEmpty()) {
                form.refuse("code", refused.problem());
            }
        }
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("code.title"), ""),
                "sign/code",
                "form",
                form);
    }

    @POST
    @Path("/login/code")
    @Anonymous
    public Response second(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        visit.signedIn(null);
        Reply reply = visit.ask("POST", "/sessions", form.json("challenge", "code"), AGENT, agent(request));
        return reply.status() == CREATED
                ? begun(visit, reply, form)
                : code(visit, form.value("challenge"), form, Form.empty().refused(reply, site.words()));
    }

    private Response begun(Visit visit, Reply reply, Form form) {
        Cookies cookies = visit.cookies();
        // whoever had this browser's session before does not keep it
        cookies.session()
                .ifPresent(
                        former -> visit.ask("DELETE", "/sessions/current", null, "Authorization", "Bearer " + former));
        long lasts = form.value("keep").isEmpty()
                ? -1
                : Duration.ofDays(site.keepDays()).toSeconds();
        Facts user = reply.body().at("user");
        String next = user.yes("mustChangePassword") ? "/password" : Answers.safe(form.value("next"));
        return Response.seeOther(URI.create(next))
                .header("Set-Cookie", cookies.set("session", reply.body().text("token"), lasts))
                .header("Set-Cookie", cookies.drop("visit"))
                .header("Set-Cookie", cookies.drop("acting"))
                .build();
    }

    @POST
    @Path("/logout")
    @Requires(value = "session", level = Requires.Level.CALLER)
    public Response end(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        visit.ask("DELETE", "/sessions/current", null);
        Cookies cookies = visit.cookies();
        return Response.seeOther(URI.create("/login"))
                .header("Set-Cookie", cookies.drop("session"))
                .header("Set-Cookie", cookies.drop("acting"))
                .build();
    }
}
