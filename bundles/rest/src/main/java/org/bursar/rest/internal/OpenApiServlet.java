package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The OpenAPI document of the capabilities that run now: {@code META-INF/openapi.json} of each, joined. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(ApiContext.SELECT)
@HttpWhiteboardServletPattern("/openapi.json")
public final class OpenApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(OpenApiServlet.class);
    private static final List<String> JOINED = List.of("/paths", "/components/schemas");

    private final transient ObjectMapper json = new ObjectMapper();
    private final transient Applications applications;

    @Activate
    public OpenApiServlet(@Reference Applications applications) {
        this.applications = applications;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-cache");
        json.writeValue(response.getOutputStream(), document());
    }

    private ObjectNode document() throws IOException {
        ObjectNode whole = json.createObjectNode().put("openapi", "3.1.0");
        whole.putObject("info").put("title", "HTTP interface").put("version", "1");
        whole.putArray("servers").addObject().put("url", ApiContext.PATH);
        whole.putArray("security").addObject().putArray("bearer");
        whole.putObject("paths");
        ObjectNode components = whole.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key (bsk_…) or a session token from POST /sessions");
        components.putObject("schemas").set("Problem", problemSchema());
        for (Bundle bundle : applications.bundles()) {
            URL part = bundle.getEntry("META-INF/openapi.json");
            if (part != null) {
                try (InputStream in = part.openStream()) {
                    JsonNode read = json.readTree(in);
                    OpenApiSpelling.mend(read);
                    add(whole, read, bundle);
                }
            }
        }
        whole.path("paths").forEach(path -> path.forEach(this::complete));
        return whole;
    }

    private static void add(ObjectNode whole, JsonNode part, Bundle bundle) {
        for (String place : JOINED) {
            part.at(place).properties().forEach(member -> {
                JsonNode former = ((ObjectNode) whole.at(place)).putIfAbsent(member.getKey(), member.getValue());
                if (former != null && !former.equals(member.getValue())) {
                    LOG.warn(
                            "{} describes {}/{} in another way than an earlier bundle",
                            bundle.getSymbolicName(),
                            place,
                            member.getKey());
                }
            });
        }
    }

    /** What every operation has in common is said here once: problems, and the retry key of a POST. */
    private void complete(JsonNode operation) {
        if (operation instanceof ObjectNode node && node.has("operationId")) {
            ObjectNode problem = node.withObject("/responses").putObject("default");
            problem.put("description", "A problem (RFC 9457); code tells which");
            problem.putObject("content")
                    .putObject(ProblemAnswer.MEDIA_TYPE)
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/Problem");
        }
    }

    private ObjectNode problemSchema() {
        ObjectNode schema = json.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (String text : List.of("type", "title", "detail", "code")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("status").put("type", "integer");
        ObjectNode error = properties.putObject("errors").put("type", "array").putObject("items");
        error.put("type", "object");
        ObjectNode fields = error.putObject("properties");
        for (String text : List.of("pointer", "code", "detail")) {
            fields.putObject(text).put("type", "string");
        }
        schema.putArray("required").add("title").add("status").add("detail").add("code");
        return schema;
    }
}
