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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Chart;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.MrrSteps;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.RevenueChart;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.UsageOverTime;
import org.bursar.web.internal.Visit;
import org.jspecify.annotations.Nullable;

/** What comes in and what it costs: reports, plans and packages. */
@Path("/")
public final class MoneyPages {
    private static final int MONTHS = 12;
    private static final List<String> REPORTS = List.of("revenue", "usage", "profitability");

    private final Site site;

    MoneyPages(Site site) {
        this.site = site;
    }

    private Frame frame(Visit visit, String section) {
        return new Frame(visit, site.words().say("nav." + section), section);
    }

    @GET
    @Path("/reports/{name}")
    @Requires("reports:read")
    public Response report(@Context HttpServletRequest request, @PathParam("name") String name) {
        Visit visit = Visit.of(site, request);
        if (!REPORTS.contains(name)) {
            throw new NotFoundException();
        }
        Frame frame = frame(visit, "reports");
        String asked = visit.query("from") + visit.query("to");
        // a year of revenue, unless somebody asks for less; of the others the month
        boolean year = name.equals("revenue") && asked.isEmpty();
        String from = year
                ? LocalDate.ofInstant(visit.now(), ZoneOffset.UTC)
                        .withDayOfMonth(1)
                        .minusMonths(MONTHS - 1)
                        .toString()
                : day(visit.query("from"));
        String to = year
                ? LocalDate.ofInstant(visit.now(), ZoneOffset.UTC)
                        .with(TemporalAdjusters.lastDayOfMonth())
                        .toString()
                : dayAfter(visit.query("to"));
        Reply reply = visit.ask("GET", Visit.path("/reports/" + name, "from", from, "to", to), null);
        Form form = reply.ok()
                ? Form.of(
                        "from",
                        date(reply.body().instant("from")),
                        "to",
                        lastDate(reply.body().instant("to")))
                : Form.of("from", visit.query("from"), "to", visit.query("to"));
        if (reply.status() == Response.Status.FORBIDDEN.getStatusCode()) {
            throw new PageProblem(reply.status(), site.words().say("problem.forbidden"));
        }
        if (!reply.ok()) {
            form.refused(reply, site.words());
            reply = visit.ask("GET", "/reports/" + name, null);
        }
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame,
                "console/report",
                "name",
                name,
                "report",
                reply.body(),
                "chart",
                name.equals("revenue")
                        ? RevenueChart.of(reply.body(), frame.show(), RevenueChart.currency(reply.body(), frame.unit()))
                        : new Chart(),
                "rows",
                name.equals("revenue") ? RevenueChart.rows(reply.body()) : List.<RevenueChart.Row>of(),
                "recurring",
                name.equals("revenue") ? visit.maybe("reports:profitability", "/reports/recurring") : Facts.NONE,
                "steps",
                MrrSteps.of(
                        name.equals("revenue") ? movements(visit, reply.body()) : Facts.NONE,
                        frame.unit(),
                        visit.now()),
                "over",
                new UsageOverTime(
                        name.equals("revenue") || !reply.ok()
                                ? Facts.NONE
                                : visit.maybe(
                                        "reports:read", Visit.path("/reports/usage-series", "from", from, "to", to)),
                        frame.show()),
                "form",
                form);
    }

    /** Of the same days as a report of revenue. */
    private static Facts movements(Visit visit, Facts revenue) {
        return visit.maybe(
                "reports:profitability",
                Visit.path("/reports/movements", "from", revenue.text("from"), "to", revenue.text("to")));
    }

    private static String date(@Nullable Instant at) {
        return at == null ? "" : at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String lastDate(@Nullable Instant end) {
        return end == null ? "" : date(end.minusNanos(1));
    }

    /** The end of a period whose last day a date field names. */
    private static String dayAfter(String date) {
        try {
            return date.isEmpty() ? "" : day(LocalDate.parse(date).plusDays(1).toString());
        } catch (DateTimeException e) {
            return date;
        }
    }

    /** A day of a date field as the operation takes it. */
    private static String day(String date) {
        return date.matches("\\d{4}-\\d{2}-\\d{2}") ? date + "T00:00:00Z" : date;
    }

    @GET
    @Path("/plans")
    @Requires("plans:read")
    public Response plans(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return plans(visit, Form.empty());
    }

    private Response plans(Visit visit, Form form) {
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                frame(visit, "plans"),
                "console/plans",
                "plans",
                visit.get("/plans?limit=100").items(),
                "meters",
                visit.get("/meters?limit=100").items(),
                "addOns",
                visit.maybe("plans:read", "/add-ons?limit=100").items(),
                "packages",
                visit.maybe("packages:read", "/packages?limit=100").items(),
                "form",
                form);
    }

    /** A package that is not sold any more stays in the purchases that were made of it. */
    @POST
    @Path("/plans/packages/{id}/sell")
    @Requires("packages:write")
    public Response sell(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("active", visit.form("active").equals("true"));
        visit.get("/packages/" + Visit.encode(id));
        Reply reply = visit.ask("PATCH", "/packages/" + Visit.encode(id), body);
        return reply.ok()
                ? Answers.done(
                        visit,
                        "/plans",
                        reply.body().yes("active") ? "package_sold" : "package_unsold",
                        reply.body().text("name"))
                : plans(visit, Form.empty().refused(reply, site.words()));
    }
}
