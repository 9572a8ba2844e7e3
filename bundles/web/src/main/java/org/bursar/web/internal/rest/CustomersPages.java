package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** The customers of an agency: finding them, and adding one. */
@Path("/customers")
public final class CustomersPages {
    static final String[] COMPANY = {
        "companyName",
        "website",
        "phone",
        "country",
        "address.line1",
        "address.line2",
        "address.city",
        "address.state",
        "address.postalCode",
        "description",
        "notes",
        "contact.name",
        "contact.phone",
        "contact.email",
        "contact.address"
    };
    private static final String[] ADMIN = {"admin.firstName", "admin.lastName", "admin.email", "admin.password", "plan"
    };
    private static final int ROWS = 12;
    private static final int UNPROCESSABLE = 422;

    private final Site site;

    CustomersPages(Site site) {
        this.site = site;
    }

    /** A saved view, with how many it shows or less than 0 where that would have to be counted through. */
    public record View(String status, String href, long count, boolean more, boolean current) {}

    @GET
    @Requires("customers:read")
    public Response list(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        CustomersSearch search = CustomersSearch.of(visit);
        Frame frame = new Frame(visit, site.words().say("customers.title"), "customers");
        Reply listed = visit.ask(
                "GET",
                operation(visit, frame, search, "limit", String.valueOf(ROWS), "after", visit.query("after")),
                null);
        Form sought = listed.ok() ? Form.empty() : sought(listed);
        Facts page = listed.ok() ? listed.body() : Facts.NONE;
        Facts counts = visit.get("/customer-counts");
        // who searches while typing takes the rows out of the page, and what lies above them stays
        boolean above = !"rows".equals(request.getHeader("HX-Target"));
        boolean later = counts.yes("more") && !visit.query("figures").equals("now");
        CustomersColumns columns = CustomersColumns.of(visit);
        long total = page.has("total") ? page.whole("total") : -1;
        return Answers.page(
                frame,
                "console/customers",
                "page",
                page,
                "search",
                search,
                "sought",
                sought,
                "users",
                counts.at("users"),
                "views",
                views(counts, search),
                "plans",
                visit.maybe("plans:read", "/plans?limit=200").items(),
                "later",
                above && later && CustomersFigures.allowed(visit),
                "figures",
                later || !above
                        ? Optional.empty()
                        : Optional.of(CustomersFigures.of(visit)).filter(CustomersFigures::there),
                "columns",
                columns,
                "weeks",
                weeks(visit, columns, page),
                "pager",
                Pager.of(visit, search.address(), page, ROWS, total));
    }

    /** What the operation is asked for, more of its parameters following. */
    static String operation(Visit visit, Frame frame, CustomersSearch search, String... more) {
        ZoneId zone = frame.show().zone();
        return search.operation(LocalDate.ofInstant(visit.now(), zone), zone, more);
    }

    /** What was wrong with what is looked for. */
    private Form sought(Reply refusal) {
        if (refusal.status() != UNPROCESSABLE) {
            throw new PageProblem(refusal.status(), refusal.body().text("detail"));
        }
        return Form.empty().refused(refusal, site.words());
    }

    private static List<View> views(Facts counts, CustomersSearch search) {
        Map<String, Facts> known = new HashMap<>();
        counts.items().forEach(count -> known.put(count.text("status"), count));
        known.put("", counts);
        return CustomersSearch.VIEWS.stream()
                .map(view -> {
                    Facts count = known.getOrDefault(view, Facts.NONE);
                    return new View(
                            view,
                            search.address("/customers", view, search.sort()),
                            count.has("total") ? count.whole("total") : -1,
                            count.yes("more"),
                            view.equals(search.status()));
                })
                .toList();
    }

    /** The last weeks of each customer of the page; empty where nobody tells of them, or the column is not shown. */
    private static Optional<Map<String, Facts>> weeks(Visit visit, CustomersColumns columns, Facts page) {
        String ids = page.items().stream().map(customer -> customer.text("id")).collect(Collectors.joining(","));
        Facts told = ids.isEmpty() || !columns.has("usage")
                ? Facts.NONE
                : visit.maybe("usage:read", Visit.path("/usage-weeks", "customers", ids));
        return told.there()
                ? Optional.of(told.items().stream()
                        .collect(Collectors.toMap(weeks -> weeks.text("customer"), weeks -> weeks)))
                : Optional.empty();
    }

    /** The figures above the list, for a page that came without them. */
    @GET
    @Path("/figures")
    @Requires("customers:read")
    public Response figures(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return Response.ok(site.render(
                        "console/customers-figures",
                        Map.of("f", new Frame(visit, "", "customers"), "figures", CustomersFigures.of(visit))))
                .type("text/html; charset=utf-8")
                .build();
    }

    /** Which columns are shown from now on. */
    @POST
    @Path("/columns")
    @Requires("customers:read")
    public Response columns(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        String back = Answers.safe(visit.form("back"));
        return Response.seeOther(URI.create(back.startsWith("/customers") ? back : "/customers"))
                .header(
                        "Set-Cookie",
                        CustomersColumns.remembered(visit, visit.form().getOrDefault("column", List.of())))
                .build();
    }

    /** Every row that the filters ask for, or those that are marked, as they are read. */
    @GET
    @Path("/export")
    @Requires("customers:read")
    public Response export(@Context HttpServletRequest request, @Context HttpServletResponse response)
            throws IOException {
        Visit visit = Visit.of(site, request);
        Frame frame = new Frame(visit, "", "customers");
        String marked = visit.query("all").isEmpty() ? ManyCustomersPages.ids(visit) : "";
        visit.pass(
                marked.isEmpty()
                        ? operation(visit, frame, CustomersSearch.of(visit))
                        : Visit.path("/customers", "customers", marked),
                "text/csv",
                response);
        // sent as the operation said; Jersey has nothing to add
        response.flushBuffer();
        return Response.ok().build();
    }

    @GET
    @Path("/new")
    @Requires("customers:write")
    public Response fresh(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return Answers.page(
                new Frame(visit, site.words().say("customer.new.title"), "customers"),
                "console/customer-new",
                "form",
                Form.of("companyName", visit.query("name")),
                "plans",
                visit.maybe("plans:read", "/plans?limit=50").items(),
                "workspaces",
                visit.maybe("workspaces:read", "/workspaces?limit=50").items());
    }

    @POST
    @Path("/new")
    @Requires("customers:write")
    public Response create(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json(COMPANY);
        body.setAll(form.json(ADMIN));
        body.set("workspaces", form.many("workspaces"));
        Reply reply = visit.post("/customers", body);
        if (!reply.ok()) {
            return Answers.again(
                    new Frame(visit, site.words().say("customer.new.title"), "customers"),
                    "console/customer-new",
                    "form",
                    form.refused(reply, site.words()),
                    "plans",
                    visit.maybe("plans:read", "/plans?limit=50").items(),
                    "workspaces",
                    visit.maybe("workspaces:read", "/workspaces?limit=50").items());
        }
        List<Facts> warnings = reply.body().list("warnings");
        String id = reply.body().text("id");
        String doubtful = String.join(
                ",", warnings.stream().map(warning -> warning.text("code")).toList());
        return Answers.done(
                visit,
                Visit.path("/customers/" + id, "check", doubtful),
                "customer_added",
                reply.body().text("name"));
    }
}
