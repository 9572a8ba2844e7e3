package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    private static final int MOST_TRIES = 10;
    private static final long PAUSE_MILLIS = 20;
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(OpenApiServlet.class);
    /** Signing in starts something new each time, and usage events know duplicates by themselves. */
    private static final Set<String> UNKEYED = Set.of("createSession", "reportUsage");

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
            JsonNode part = part(bundle);
            if (part != null) {
                OpenApiSpelling.mend(part);
                add(whole, part, bundle);
            }
        }
        whole.path("paths").forEach(path -> path.properties().forEach(this::complete));
        new OpenApiPermissions(applications.applications()).addTo(whole.path("paths"));
        return whole;
    }

    /** What a bundle describes; nothing if it was taken away since we asked who is there. */
    private @Nullable JsonNode part(Bundle bundle) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return read(bundle);
            } catch (IOException | RuntimeException e) {
                // while a bundle is being replaced the framework throws whatever comes to it, a NullPointerException
                // too
                if (!applications.bundles().contains(bundle)) {
                    return null;
                }
                if (tries == MOST_TRIES) {
                    throw e;
                }
                LOG.debug("{} is being replaced", bundle.getSymbolicName(), e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable JsonNode read(Bundle bundle) throws IOException {
        URL part = bundle.getEntry("META-INF/openapi.json");
        if (part == null) {
            return null;
        }
        try (InputStream in = part.openStream()) {
            return json.readTree(in);
        }
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

    /** What operations have in common is said here once: problems, the retry key of a POST, the pages of a list. */
    private void complete(Map.Entry<String, JsonNode> method) {
        if (!(method.getValue() instanceof ObjectNode operation && operation.has("operationId"))) {
            return;
        }
        ObjectNode problem = operation.withObject("/responses").putObject("default");
        problem.put("description", "A problem (RFC 9457); code tells which");
        problem.putObject("content")
                .putObject(ProblemAnswer.MEDIA_TYPE)
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
        if (method.getKey().equals("post")
                && !UNKEYED.contains(operation.path("operationId").asText())) {
            parameter(
                    operation,
                    "Idempotency-Key",
                    "header",
                    "string",
                    "The same key and body give the first answer again");
        }
        if (operation.path("operationId").asText().startsWith("list")) {
            parameter(operation, "limit", "query", "integer", "1 to 200; 50 without it");
            parameter(operation, "after", "query", "string", "next of the page before");
        }
    }

    private static void parameter(ObjectNode operation, String name, String in, String type, String description) {
        ArrayNode parameters = operation.withArray("/parameters");
        for (JsonNode known : parameters) {
            if (known.path("name").asText().equals(name)) {
                return;
            }
        }
        parameters
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("description", description)
                .putObject("schema")
                .put("type", type);
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
