package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bursar.kernel.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.FailedServletDTO;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /health/live}: the JVM answers. {@code /health/ready}: every required capability is served and every check is well. */
@Component(service = Servlet.class, configurationPid = "org.bursar.rest")
@HttpWhiteboardServletPattern("/health/*")
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String OURS = "org.bursar.";

    private final transient ObjectMapper json = Json.mapper();
    private final transient BundleContext context;
    private final transient HttpServiceRuntime http;
    private final transient Drain drain;
    private final transient Startup startup;
    private transient volatile Set<String> required;

    // optional, since it waits for the database, and not being ready must be told meanwhile
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Applications applications;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile List<HealthCheck> checks = List.of();

    @Activate
    public HealthServlet(
            BundleContext context,
            @Reference HttpServiceRuntime http,
            @Reference Drain drain,
            @Reference Startup startup,
            RestConfig config) {
        this.context = context;
        this.drain = drain;
        this.startup = startup;
        this.http = http;
        required = Set.of(config.required());
    }

    @Modified
    void modified(RestConfig config) {
        required = Set.of(config.required());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            answer(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, Map.of("status", "method_not_allowed"));
            return;
        }
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        switch (path) {
            case "/live" -> answer(response, HttpServletResponse.SC_OK, Map.of("status", "live"));
            case "/ready" -> ready(response);
            default -> answer(response, HttpServletResponse.SC_NOT_FOUND, Map.of("status", "not_found"));
        }
    }

    private void ready(HttpServletResponse response) throws IOException {
        List<String> problems = problems();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", problems.isEmpty() ? "ready" : "not_ready");
        body.put("problems", problems);
        List<String> warnings = warnings();
        if (!warnings.isEmpty()) {
            body.put("warnings", warnings);
        }
        if (problems.isEmpty()) {
            answer(response, HttpServletResponse.SC_OK, body);
        } else {
            response.setHeader("Retry-After", "1");
            answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, body);
        }
    }

    private List<String> problems() {
        if (drain.leaving()) {
            return List.of("this node is stopping");
        }
        List<String> problems = new ArrayList<>();
        Set<String> served = new HashSet<>();
        Applications published = applications;
        if (published == null) {
            problems.add("database: not there yet");
        } else {
            problems.addAll(published.refusals());
            published.bundles().forEach(bundle -> served.add(bundle.getSymbolicName()));
        }
        for (String name : required) {
            if (!served.contains(OURS + name)) {
                problems.add(name + " is not served");
            }
        }
        for (Bundle bundle : context.getBundles()) {
            boolean ours = String.valueOf(bundle.getSymbolicName()).startsWith(OURS);
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            if (ours && !fragment && bundle.getState() != Bundle.ACTIVE) {
                problems.add(bundle.getSymbolicName() + " is not active");
            }
        }
        for (FailedServletDTO failed : http.getRuntimeDTO().failedServletDTOs) {
            // of a servlet that was registered while this bundle stopped the runtime keeps the failure for ever
            if (isThere(failed.serviceId)) {
                problems.add("servlet " + failed.name + " failed, reason " + failed.failureReason);
            }
        }
        if (problems.isEmpty() && !startup.over()) {
            problems.add("the paths are just being taken up");
        }
        for (HealthCheck check : checks) {
            check.problem().ifPresent(problem -> problems.add(check.name() + ": " + problem));
        }
        return problems;
    }

    /** What does not keep requests from being served, but somebody should know. */
    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (HealthCheck check : checks) {
            check.warnings().forEach(warning -> warnings.add(check.name() + ": " + warning));
        }
        return warnings;
    }

    private boolean isThere(long serviceId) {
        try {
            return !context.getServiceReferences(Servlet.class, "(service.id=" + serviceId + ')')
                    .isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpServletResponse response, int status, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        json.writeValue(response.getOutputStream(), body);
    }
}
