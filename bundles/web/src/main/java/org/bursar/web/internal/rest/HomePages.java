package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Requires;
import org.bursar.tenancy.Brand;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.RevenueChart;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** Where people arrive: an agency's day, a platform admin's agencies, a customer's dashboard, and everybody's account. */
@Path("/")
@On(On.Side.BOTH)
public final class HomePages {
    private final Site site;
    private final Dashboard dashboard;
    private final PlatformHome platform;

    HomePages(Site site) {
        this.site = site;
        this.dashboard = new Dashboard(site);
        this.platform = new PlatformHome(site);
    }

    @GET
    @Requires(value = "home", level = Requires.Level.CALLER)
    public Response home(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        if (visit.portal()) {
            return dashboard.home(visit);
        }
        if (visit.tenant().isEmpty()) {
            return visit.caller().orElseThrow().platformAdmin()
                    ? platform.home(visit)
                    : Answers.page(new Frame(visit, site.words().say("nav.home"), "home"), "console/no-agency");
        }
        Frame frame = new Frame(visit, site.words().say("nav.home"), "home");
        Facts revenue = visit.maybe("reports:read", "/reports/revenue");
        return Answers.page(
                frame,
                "console/home",
                "revenue",
                revenue,
                "chart",
                RevenueChart.of(revenue, frame.show(), RevenueChart.currency(revenue, frame.unit())),
                "figures",
                CustomersFigures.withoutBalances(visit),
                "engagement",
                visit.maybe("reports:read", "/reports/engagement"),
                "waiting",
                visit.maybe("purchases:read", "/purchases?status=awaiting_payment&limit=100"),
                "pastDue",
                visit.maybe("customers:read", "/customers?status=past_due&limit=20"),
                "locked",
                visit.maybe("customers:read", "/customers?status=locked&limit=20"),
                "gateways",
                visit.maybe("gateways:read", "/gateways"),
                "disputes",
                visit.maybe("purchases:read", "/disputes?status=open&limit=20"));
    }

    /** An agency that the visitor may work in. */
    public record Agency(String id, String name, String slug, String unit, boolean suspended, boolean current) {}

    @GET
    @Path("/agencies")
    @On(On.Side.CONSOLE)
    @Requires(value = "agencies", level = Requires.Level.CALLER)
    public Response agencies(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return agencies(visit, Form.of("kind", "agency", "unit", "USD", "timeZone", "UTC"), visit.query("dialog"));
    }

    /** A new agency with its owner, who gets a welcome mail. */
    @POST
    @Path("/agencies")
    @On(On.Side.CONSOLE)
    @Requires(value = "tenants:write", level = Requires.Level.PLATFORM)
    public Response addAgency(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        Reply reply = visit.post(
                "/tenants",
                form.json(
                        "name",
                        "slug",
                        "kind",
                        "unit",
                        "timeZone",
                        "owner.firstName",
                        "owner.lastName",
                        "owner.email"));
        return reply.ok()
                ? Answers.done(visit, "/agencies", "agency_added", reply.body().text("name"))
                : agencies(visit, form.refused(reply, site.words()), "add");
    }

    private Response agencies(Visit visit, Form form, String dialog) {
        String current = visit.tenant().map(TenantId::toString).orElse("");
        List<Agency> agencies = new ArrayList<>();
        String next = "";
        if (visit.caller().orElseThrow().platformAdmin()) {
            Facts page = visit.get(Visit.path("/tenants", "limit", "50", "after", visit.query("after")));
            next = page.text("next");
            for (Facts tenant : page.items()) {
                agencies.add(new Agency(
                        tenant.text("id"),
                        tenant.text("name"),
                        tenant.text("slug"),
                        tenant.text("unit"),
                        tenant.is("status", "suspended"),
                        tenant.text("id").equals(current)));
            }
        } else {
            for (Facts own : visit.me().list("tenants")) {
                VisitFilter.tenant(own.text())
                        .ifPresent(id -> site.tenant(id)
                                .ifPresent(tenant -> agencies.add(new Agency(
                                        id.toString(),
                                        site.brand(id).map(Brand::name).orElse(tenant.name()),
                                        tenant.slug(),
                                        tenant.unit(),
                                        tenant.suspension().isPresent(),
                                        id.toString().equals(current)))));
            }
        }
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("nav.agencies"), "agencies"),
                "console/agencies",
                "agencies",
                agencies,
                "next",
                next,
                "form",
                form,
                "dialog",
                dialog);
    }

    /** Goes to work in an agency; whether the visitor may is looked at on each request. */
    @POST
    @Path("/agencies/{id}/enter")
    @On(On.Side.CONSOLE)
    @Requires(value = "agencies", level = Requires.Level.CALLER)
    public Response enter(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        TenantId tenant = VisitFilter.tenant(id).orElseThrow(NotFoundException::new);
        return Response.seeOther(URI.create("/"))
                .header("Set-Cookie", visit.cookies().set("acting", tenant.toString(), -1))
                .build();
    }

    @POST
    @Path("/agencies/leave")
    @On(On.Side.CONSOLE)
    @Requires(value = "agencies", level = Requires.Level.CALLER)
    public Response leave(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return Response.seeOther(URI.create("/agencies"))
                .header("Set-Cookie", visit.cookies().drop("acting"))
                .build();
    }
}
