package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.FormField;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** What plans are made of and sold beside: meters, add-ons and packages of credit, each with one form. */
@Path("/")
public final class CataloguePages {
    private static final String METERS = "/plans/meters";
    private static final String ADD_ONS = "/plans/add-ons";
    private static final String PACKAGES = "/plans/packages";
    private static final String PRICE = "unitPrice.amount";
    private static final List<FormField> METER = List.of(
            FormField.text("key", "field.key", "meter.key.hint"),
            FormField.text("name", "field.name", ""),
            FormField.text("unit", "meter.unit", "meter.unit.hint"),
            FormField.decimal("costPerUnit", "meter.cost", "meter.cost.hint").orNot(),
            FormField.choice("aggregation", "meter.aggregation", "", "sum", "count"));
    private static final List<FormField> ADD_ON = List.of(
            FormField.text("key", "field.key", "key.hint"),
            FormField.text("name", "field.name", ""),
            FormField.decimal(PRICE, "add_on.price", "add_on.price.hint"),
            FormField.choice("limit", "add_on.limit", "", "users", "concurrency", "requests_per_minute")
                    .orNot(),
            FormField.text("raisesBy", "add_on.by", "add_on.by.hint").orNot(),
            FormField.decimal("minQuantity", "add_on.min", "").orNot(),
            FormField.decimal("maxQuantity", "add_on.max", "").orNot(),
            FormField.check("active", "add_on.sold", ""));
    private static final List<FormField> PACKAGE = List.of(
            FormField.text("name", "field.name", "package.add.text"),
            FormField.decimal("credits", "field.credits", ""),
            FormField.decimal("price.amount", "price", ""),
            FormField.text("price.currency", "currency", "currency.hint"),
            FormField.check("active", "add_on.sold", ""));

    private final Site site;

    CataloguePages(Site site) {
        this.site = site;
    }

    /** Draws the form of a new one, or of one that is there and whose key stays. */
    private Response form(Visit visit, String title, String path, List<FormField> fields, Form form) {
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, title, "plans"),
                "console/thing",
                "above",
                "/plans",
                "aboveTitle",
                site.words().say("nav.plans"),
                "action",
                path,
                "fields",
                fields,
                "form",
                form);
    }

    private static List<FormField> withoutKey(List<FormField> fields, String... also) {
        return fields.stream()
                .filter(field -> !field.name().equals("key") && !List.of(also).contains(field.name()))
                .toList();
    }

    /** The form of a resource as it is, with its version. */
    static Form known(Reply reply, List<FormField> fields) {
        List<String> pairs = new ArrayList<>();
        for (FormField field : fields) {
            pairs.add(field.name());
            pairs.add(reply.body().text(field.name().replace('.', '/')));
        }
        pairs.add("version");
        pairs.add(reply.tag().orElse(""));
        return Form.of(pairs.toArray(String[]::new));
    }

    private Response edit(Visit visit, String api, String path, List<FormField> fields) {
        Reply reply = visit.ask("GET", api, null);
        if (!reply.ok()) {
            throw new org.bursar.web.internal.PageProblem(
                    reply.status(), reply.body().text("detail"));
        }
        return form(
                visit, site.words().say("edit.named", reply.body().text("name")), path, fields, known(reply, fields));
    }

    private Response saved(Visit visit, String api, String path, List<FormField> fields, Form form, ObjectNode body) {
        Reply reply = visit.ask("PATCH", api, body, "If-Match", form.value("version"));
        return reply.ok()
                ? Answers.done(visit, "/plans", "thing_saved", reply.body().text("name"))
                : form(
                        visit,
                        site.words().say("edit.named", visit.get(api).text("name")),
                        path,
                        fields,
                        form.refused(reply, site.words()));
    }

    private Response made(
            Visit visit, String api, String title, String path, List<FormField> fields, Form form, ObjectNode body) {
        Reply reply = visit.post(api, body);
        return reply.ok()
                ? Answers.done(visit, "/plans", "thing_added", reply.body().text("name"))
                : form(visit, site.words().say(title), path, fields, form.refused(reply, site.words()));
    }

    @GET
    @Path(METERS + "/new")
    @Requires("plans:write")
    public Response newMeter(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return form(visit, site.words().say("meter.add"), METERS + "/new", METER, Form.of("aggregation", "sum"));
    }

    @POST
    @Path(METERS + "/new")
    @Requires("plans:write")
    public Response addMeter(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode body = form.json("key", "name", "unit", "costPerUnit", "aggregation");
        return made(visit, "/meters", "meter.add", METERS + "/new", METER, form, body);
    }

    @GET
    @Path(METERS + "/{id}")
    @Requires("plans:write")
    public Response meter(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        String encoded = Visit.encode(id);
        return edit(visit, "/meters/" + encoded, METERS + '/' + encoded, withoutKey(METER, "aggregation"));
    }

    @POST
    @Path(METERS + "/{id}")
    @Requires("plans:write")
    public Response saveMeter(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        String encoded = Visit.encode(id);
        ObjectNode body = form.json("name", "unit", "costPerUnit");
        return saved(visit, "/meters/" + encoded, METERS + '/' + encoded, withoutKey(METER, "aggregation"), form, body);
    }

    private static ObjectNode addOn(Visit visit, Form form, boolean fresh) {
        ObjectNode body = form.json("name", PRICE, "limit", "minQuantity", "maxQuantity");
        if (fresh) {
            body.setAll(form.json("key"));
        } else if (form.value("limit").isEmpty()) {
            body.putNull("limit");
            body.putNull("raisesBy");
        }
        form.wholes(body, "raisesBy");
        body.withObject("/unitPrice").put("currency", new Frame(visit, "", "plans").unit());
        body.put("active", form.chosen("active", "true"));
        return body;
    }

    @GET
    @Path(ADD_ONS + "/new")
    @Requires("plans:write")
    public Response newAddOn(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        return form(visit, site.words().say("add_on.add"), ADD_ONS + "/new", ADD_ON, Form.of("active", "true"));
    }

    @POST
    @Path(ADD_ONS + "/new")
    @Requires("plans:write")
    public Response addAddOn(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        return made(visit, "/add-ons", "add_on.add", ADD_ONS + "/new", ADD_ON, form, addOn(visit, form, true));
    }

    @GET
    @Path(ADD_ONS + "/{id}")
    @Requires("plans:write")
    public Response addOn(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        String encoded = Visit.encode(id);
        return edit(visit, "/add-ons/" + encoded, ADD_ONS + '/' + encoded, withoutKey(ADD_ON));
    }

    @POST
    @Path(ADD_ONS + "/{id}")
    @Requires("plans:write")
    public Response saveAddOn(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        String encoded = Visit.encode(id);
        ObjectNode body = addOn(visit, form, false);
        return saved(visit, "/add-ons/" + encoded, ADD_ONS + '/' + encoded, withoutKey(ADD_ON), form, body);
    }

    private static ObjectNode pack(Form form) {
        ObjectNode body = form.json("name", "credits", "price.amount", "price.currency");
        body.put("active", form.chosen("active", "true"));
        return body;
    }

    @GET
    @Path(PACKAGES + "/new")
    @Requires("packages:write")
    public Response newPackage(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        String unit = new Frame(visit, "", "plans").unit();
        Form form = Form.of("active", "true", "price.currency", unit.length() == 3 ? unit : "");
        return form(visit, site.words().say("package.add"), PACKAGES + "/new", PACKAGE, form);
    }

    @POST
    @Path(PACKAGES + "/new")
    @Requires("packages:write")
    public Response addPackage(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        return made(visit, "/packages", "package.add", PACKAGES + "/new", PACKAGE, form, pack(form));
    }

    @GET
    @Path(PACKAGES + "/{id}")
    @Requires("packages:write")
    public Response pack(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        String encoded = Visit.encode(id);
        return edit(visit, "/packages/" + encoded, PACKAGES + '/' + encoded, PACKAGE);
    }

    @POST
    @Path(PACKAGES + "/{id}")
    @Requires("packages:write")
    public Response savePackage(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        String encoded = Visit.encode(id);
        return saved(visit, "/packages/" + encoded, PACKAGES + '/' + encoded, PACKAGE, form, pack(form));
    }
}
