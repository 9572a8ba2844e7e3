package org.bursar.rest.internal;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Anonymous;
import org.bursar.rest.Authenticator;
import org.bursar.rest.BodyLimit;
import org.bursar.rest.Caller;
import org.bursar.rest.Operations;
import org.bursar.rest.Requires;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.jspecify.annotations.Nullable;

/** Turns a request into a call: who calls, for which tenant, whether they may. What is not annotated is not served. */
@Priority(Priorities.AUTHENTICATION)
final class CallFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String CALLER = CallFilter.class.getName() + ".caller";
    static final String TENANT_HEADER = "Bursar-Tenant";

    private static final int LONGEST_KEY = 255;

    private final Services services;
    private final Map<Method, Operation> operations = new ConcurrentHashMap<>();
    private final com.fasterxml.jackson.databind.ObjectMapper json;

    CallFilter(Services services, com.fasterxml.jackson.databind.ObjectMapper json) {
        this.services = services;
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        ContainerRequest request = (ContainerRequest) context;
        // its properties are the servlet request's attributes, which an injected request would look up anew each time
        RequestFacts facts = RequestFacts.of(request);
        if (facts == null) {
            // it came while this bundle stops or starts: whose host it is nobody has looked at
            throw new ProblemException(Problems.UNAVAILABLE, "Requests are not taken at the moment.");
        }
        Method method = handler(request);
        Operation operation = operation(method);
        request.setProperty(Operations.ATTRIBUTE, operation.name());
        Optional<TenantId> named = named(request, facts);
        Caller caller = null;
        if (!operation.anonymous()) {
            Requires requires = operation.requires();
            if (requires == null) {
                // the publisher refuses such applications; OPTIONS, which Jersey answers itself, ends here
                throw new ProblemException(Problems.METHOD_NOT_ALLOWED, Problems.METHOD_NOT_ALLOWED.cure());
            }
            caller = authenticated(request, named);
            request.setProperty(CALLER, caller.actor().id());
            permit(caller, requires);
        }
        request.setEntityStream(BoundedBody.of(
                request::setProperty,
                request.getEntityStream(),
                operation.limit(services.bodyLimitBytes()),
                request.getLength(),
                services.bodies()));
        request.setProperty(
                CallContext.PROPERTY,
                new CallContext(services, json, request, facts, named, caller, key(request, caller)));
    }

    /** What a method's annotations say, read once. */
    private record Operation(
            String name,
            boolean anonymous,
            @Nullable Requires requires,
            @Nullable BodyLimit own) {
        static Operation of(Method method) {
            return new Operation(
                    spelled(method),
                    method.isAnnotationPresent(Anonymous.class),
                    method.getAnnotation(Requires.class),
                    method.getAnnotation(BodyLimit.class));
        }

        /** What the operation takes, or what the operator says that any takes. */
        int limit(int any) {
            return own == null ? any : own.value();
        }
    }

    private Operation operation(Method method) {
        Operation known = operations.get(method);
        return known == null ? operations.computeIfAbsent(method, Operation::of) : known;
    }

    /** The operation as the OpenAPI document shows it, such as {@code GET /customers/{id}}. */
    private static String spelled(Method method) {
        String verb = Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst()
                .orElse("");
        Path resource = method.getDeclaringClass().getAnnotation(Path.class);
        Path own = method.getAnnotation(Path.class);
        String template = (resource == null ? "" : resource.value()) + (own == null ? "" : '/' + own.value());
        return verb + ' ' + template.replaceAll("/+", "/").replaceAll("\\{(\\w+)\\s*:[^/]*}", "{$1}");
    }

    private static Method handler(ContainerRequest request) {
        ResourceMethod matched = request.getUriInfo().getMatchedResourceMethod();
        if (matched == null) {
            throw Problems.notFound();
        }
        return matched.getInvocable().getHandlingMethod();
    }

    /** The tenant that the host and the header name; when both do, they must agree. */
    private Optional<TenantId> named(ContainerRequest request, RequestFacts facts) {
        String header = request.getHeaderString(TENANT_HEADER);
        if (header == null || header.isBlank()) {
            return facts.hostTenant();
        }
        TenantDirectory directory = services.directory();
        if (directory == null) {
            throw new ProblemException(Problems.UNAVAILABLE, "Tenants cannot be looked up at the moment.");
        }
        Optional<TenantId> tenant = byIdOrSlug(directory, header.strip());
        boolean agrees = facts.hostTenant().isEmpty() || facts.hostTenant().equals(tenant);
        if (tenant.isEmpty() || !agrees) {
            throw Problems.notFound();
        }
        return tenant;
    }

    private static Optional<TenantId> byIdOrSlug(TenantDirectory directory, String text) {
        if (text.startsWith(TenantId.PREFIX + "_")) {
            try {
                return Optional.of(TenantId.fromString(text)).filter(directory::exists);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return directory.bySlug(text);
    }

    private Caller authenticated(ContainerRequest request, Optional<TenantId> named) {
        String token = Bearer.token(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElseThrow(CallFilter::unauthenticated);
        Authenticator authenticator = services.authenticator();
        if (authenticator == null) {
            throw new ProblemException(Problems.UNAVAILABLE, "Nobody can be authenticated at the moment.");
        }
        return authenticator.authenticate(token, named).orElseThrow(CallFilter::unauthenticated);
    }

    private static ProblemException unauthenticated() {
        return new ProblemException(Problems.UNAUTHENTICATED, Problems.UNAUTHENTICATED.cure());
    }

    private static void permit(Caller caller, Requires requires) {
        switch (requires.level()) {
            case CALLER -> {}
            case PLATFORM -> {
                if (!caller.platformAdmin()) {
                    throw caller.refusal("platform administration");
                }
                if (!caller.may(requires.value())) {
                    throw caller.refusal(requires.value());
                }
            }
            case TENANT -> {
                if (caller.tenant().isEmpty()) {
                    throw new ProblemException(Problems.TENANT_REQUIRED, Problems.TENANT_REQUIRED.cure());
                }
                if (!caller.may(requires.value())) {
                    throw caller.refusal(requires.value());
                }
            }
        }
    }

    private static Idempotency.@Nullable Key key(ContainerRequest request, @Nullable Caller caller) throws IOException {
        String value = request.getHeaderString("Idempotency-Key");
        if (value == null || caller == null || !HttpMethod.POST.equals(request.getMethod())) {
            return null;
        }
        if (value.isBlank() || value.length() > LONGEST_KEY || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new ProblemException(
                    Problems.BAD_REQUEST, "Idempotency-Key is 1 to " + LONGEST_KEY + " printable ASCII characters.");
        }
        byte[] body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        String place = caller.actor().id() + "\nPOST\n" + request.getUriInfo().getPath();
        return new Idempotency.Key(value, place, body);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getProperty(CallContext.PROPERTY) instanceof CallContext call && call.replayed()) {
            response.getHeaders().putSingle("Idempotency-Replayed", "true");
        }
    }
}
