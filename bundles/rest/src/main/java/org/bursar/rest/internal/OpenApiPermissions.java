package org.bursar.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bursar.rest.Requires;

/**
 * Says of each operation what it needs, from the annotation that is enforced: {@code x-permission} is the permission,
 * {@code platform}, {@code caller} or {@code anonymous}.
 */
final class OpenApiPermissions {
    static final String MEMBER = "x-permission";

    private final Map<String, String> permissions = new HashMap<>();

    OpenApiPermissions(List<Application> applications) {
        for (Application application : applications) {
            for (Object resource : resources(application)) {
                Path root = resource.getClass().getAnnotation(Path.class);
                for (Method method : resource.getClass().getMethods()) {
                    add(root == null ? "" : root.value(), method);
                }
            }
        }
    }

    @SuppressWarnings("deprecation") // see RestApplication
    private static Iterable<Object> resources(Application application) {
        return application.getSingletons();
    }

    private void add(String root, Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (http != null) {
                Path path = method.getAnnotation(Path.class);
                permissions.put(key(http.value(), path == null ? root : root + "/" + path.value()), needed(method));
            }
        }
    }

    private static String needed(Method method) {
        Requires requires = method.getAnnotation(Requires.class);
        if (requires == null) {
            return "anonymous";
        }
        return switch (requires.level()) {
            case TENANT -> requires.value();
            case PLATFORM -> "platform";
            case CALLER -> "caller";
        };
    }

    private static String key(String method, String path) {
        String plain = path.replaceAll("/+", "/").replaceAll("\\{\\s*(\\w+)[^}]*}", "{$1}");
        return method.toLowerCase(Locale.ROOT)
                + ' '
                + (plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain);
    }

    /** Adds them to a document's operations. */
    void addTo(JsonNode paths) {
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String permission = permissions.get(key(method.getKey(), path.getKey()));
                    if (permission != null && method.getValue() instanceof ObjectNode operation) {
                        operation.put(MEMBER, permission);
                        if (permission.equals("anonymous")) {
                            operation.putArray("security");
                        }
                    }
                }));
    }
}
