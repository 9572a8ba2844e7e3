package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Requires;
import org.bursar.tenancy.Tenant;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** What an agency, or the platform, is set to, the clock of a sandbox, and where everything else is set. */
@Path("/settings")
public final class SettingsPages {
    /** How far a sandbox's clock is moved at once, by periods of ISO 8601. */
    public static final List<String> PERIODS = List.of("P1D", "P7D", "P1M", "P3M", "P1Y");

    private static final int UNPROCESSABLE = 422;

    private final Site site;

    SettingsPages(Site site) {
        this.site = site;
    }

    /**
     * Where more is set.
     *
     * @param key of its texts: {@code nav.}, or what the navigation calls it, and {@code settings.}
     */
    public record Place(String key, String icon, String href) {}

    @GET
    @Requires(value = "settings", level = Requires.Level.CALLER)
    public Response settings(@Context HttpServletRequest request) {
        return page(Visit.of(site, request), Form.empty());
    }

    private Response page(Visit visit, Form form) {
        Optional<Tenant> tenant = visit.tenant().flatMap(site::tenant);
        return Answers.page(
                form.anyWrong() ? Response.status(UNPROCESSABLE) : Response.ok(),
                new Frame(visit, site.words().say("nav.settings"), "settings"),
                "console/settings",
                "tenant",
                tenant,
                "clock",
                tenant.filter(Tenant::sandbox)
                        .map(sandbox -> visit.maybe("clock:read", clock(sandbox.id())))
                        .orElse(Facts.NONE),
                "places",
                places(visit),
                "version",
                Optional.ofNullable(FrameworkUtil.getBundle(SettingsPages.class))
                        .map(Bundle::getVersion)
                        .map(Object::toString)
                        .orElse(""),
                "form",
                form);
    }

    private static String clock(TenantId tenant) {
        return "/tenants/" + tenant + "/clock";
    }

    private static List<Place> places(Visit visit) {
        List<Place> places = new ArrayList<>();
        boolean agency = visit.tenant().isPresent();
        if (agency && visit.may("*")) {
            places.add(new Place("branding", "palette", "/branding"));
        }
        if (agency && visit.may("brand:read")) {
            places.add(new Place("texts", "pencil", "/texts"));
        }
        if (visit.may("gateways:read")) {
            places.add(new Place("gateways", "card", "/gateways"));
        }
        if (visit.may("users:read")) {
            places.add(new Place("team", "user", "/team"));
        }
        if (visit.may("api-keys:read")) {
            places.add(new Place("keys", "key", "/keys"));
        }
        if (agency && visit.may("webhooks:read")) {
            places.add(new Place("webhooks", "send", "/webhooks"));
        }
        places.add(new Place("account", "lock", "/account"));
        return places;
    }

    /** Moves a sandbox's clock forward; what is due on the way happens. */
    @POST
    @Path("/clock")
    @Requires("clock:write")
    public Response advance(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("by", form.value("by"));
        Reply reply = visit.post(clock(visit.tenant().orElseThrow()) + "/advance", body);
        return reply.ok()
                ? Answers.done(visit, "/settings", "clock_moved", "")
                : page(visit, form.refused(reply, site.words()));
    }
}
