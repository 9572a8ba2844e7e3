package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.QrSvg;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** One's own account, on either host: where one is signed in, and the second step of signing in. */
@Path("/account")
@On(On.Side.BOTH)
public final class AccountPages {
    private static final int LONGEST_URI = 600;
    private static final int MOST_METHODS = 50;

    private final Site site;

    AccountPages(Site site) {
        this.site = site;
    }

    @GET
    @Requires(value = "account", level = Requires.Level.CALLER)
    public Response account(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return account(visit, Form.empty(), visit.query("dialog"), visit.query("method"), "");
    }

    private Response account(Visit visit, Form form, String dialog) {
        return account(visit, form, dialog, "", "");
    }

    /**
     * The page.
     *
     * @param method the saved method that the dialog is about
     * @param leads where the dialog leads to: the provider's pages; empty: nowhere
     */
    Response account(Visit visit, Form form, String dialog, String method, String leads) {
        List<Facts> methods = visit.portal()
                ? visit.maybe(
                                "purchases:read",
                                Visit.path("/saved-methods?limit=" + MOST_METHODS, "customer", visit.customer()))
                        .items()
                : List.of();
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("nav.account"), "account"),
                visit.portal() ? "portal/account" : "console/account",
                "customer",
                visit.portal() ? visit.maybe("customers:read", "/customers/" + visit.customer()) : Facts.NONE,
                "sessions",
                visit.get("/sessions?limit=100").items(),
                "factor",
                visit.get("/me/second-factor"),
                "form",
                form,
                "dialog",
                dialog,
                "methods",
                methods,
                "providers",
                methods.isEmpty() ? Map.of() : providers(visit),
                "method",
                method,
                "leads",
                leads);
    }

    /** What gateways call themselves, by their ids. */
    private static Map<String, String> providers(Visit visit) {
        Map<String, String> names = new HashMap<>();
        visit.maybe("gateways:read", "/gateways").items().forEach(one -> names.put(one.text("id"), one.text("name")));
        return names;
    }

    @POST
    @Path("/sessions/{id}/end")
    @Requires(value = "account", level = Requires.Level.CALLER)
    public Response end(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        return ended(visit, visit.ask("DELETE", "/sessions/" + Visit.encode(id), null), "session_ended");
    }

    @POST
    @Path("/sessions/end-others")
    @Requires(value = "account", level = Requires.Level.CALLER)
    public Response endOthers(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return ended(visit, visit.ask("DELETE", "/sessions", null), "sessions_ended");
    }

    private static Response ended(Visit visit, Reply reply, String done) {
        if (!reply.ok()) {
            throw new PageProblem(reply.status(), reply.body().text("detail"));
        }
        return Answers.done(visit, "/account", done, "");
    }

    /** The key is shown once, on the answer to this form. */
    @POST
    @Path("/second-factor")
    @Requires(value = "account", level = Requires.Level.CALLER)
    public Response begin(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.ask("POST", "/me/second-factor", form.json("password"));
        return reply.ok()
                ? enrol(
                        visit,
                        Form.empty(),
                        reply.body().text("uri"),
                        reply.body().text("secret"))
                : account(visit, Form.empty().refused(reply, site.words()), "factor-on");
    }

    private Response enrol(Visit visit, Form form, String uri, String secret) {
        boolean ours = uri.startsWith("otpauth://totp/") && uri.length() <= LONGEST_URI;
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("factor.enrol"), "account"),
                "sign/enrol",
                "form",
                form,
                "uri",
                ours ? uri : "",
                "secret",
                secret,
                "qr",
                QrSvg.of(ours ? uri : ""));
    }

    /** What the page showed comes back with the code, so that it can be shown again when the code is wrong. */
    @POST
    @Path("/second-factor/confirm")
    @Requires(value = "account", level = Requires.Level.CALLER)
    public Response confirm(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.ask("POST", "/me/second-factor/confirm", form.json("code"));
        if (!reply.ok()) {
            return enrol(visit, Form.empty().refused(reply, site.words()), form.value("uri"), form.value("secret"));
        }
        return Answers.page(
                new Frame(visit, site.words().say("factor.codes"), "account"),
                "sign/recovery-codes",
                "codes",
                reply.body().list("recoveryCodes"));
    }

    @POST
    @Path("/second-factor/remove")
    @Requires(value = "account", level = Requires.Level.CALLER)
    public Response remove(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.ask(
                "POST", "/me/second-factor/remove", Form.sent(visit.form()).json("password"));
        return reply.ok()
                ? Answers.done(visit, "/account", "factor_off", "")
                : account(visit, Form.empty().refused(reply, site.words()), "factor-off");
    }
}
