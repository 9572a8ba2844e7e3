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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.OwnWords;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** What an agency says to its customers in its own words. */
@Path("/texts")
public final class WordPages {
    private static final String AT = "texts.";

    private final Site site;

    WordPages(Site site) {
        this.site = site;
    }

    private static String path(Visit visit) {
        return "/tenants/" + visit.tenant().map(TenantId::toString).orElse("") + "/texts";
    }

    @GET
    @Requires("brand:read")
    public Response texts(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Reply reply = visit.ask("GET", path(visit), null);
        List<String> pairs = new ArrayList<>(List.of("version", reply.tag().orElse("")));
        for (Facts.Member text : reply.body().at("texts").members()) {
            pairs.add(AT + text.name());
            pairs.add(text.value().text());
        }
        return page(visit, Form.of(pairs.toArray(String[]::new)));
    }

    /** Those that the page knows, and those that were set by a program. */
    private Response page(Visit visit, Form form) {
        Set<String> keys = new LinkedHashSet<>(OwnWords.KEYS);
        visit.get(path(visit)).at("texts").members().forEach(text -> keys.add(text.name()));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("nav.texts"), "branding"),
                "console/texts",
                "keys",
                List.copyOf(keys),
                "form",
                form);
    }

    @POST
    @Requires("brand:write")
    public Response set(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        visit.form().keySet().stream()
                .filter(name -> name.startsWith(AT) && !form.value(name).isBlank())
                .forEach(name -> texts.put(
                        name.substring(AT.length()), form.value(name).strip().replace("\r\n", "\n")));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("texts", texts);
        Reply reply = visit.ask("PUT", path(visit), body, "If-Match", form.value("version"));
        return reply.ok()
                ? Answers.done(visit, "/texts", "texts_saved", "")
                : page(visit, form.refused(reply, site.words()));
    }
}
