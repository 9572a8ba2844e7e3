package org.bursar.itests;

import static org.junit.Assert.assertTrue;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of all pages, read from the classes that serve them: a page that is added is tried without anybody's doing. */
final class PageRoutes {
    private static final String JAX = "jakarta.ws.rs.";
    private static final String ON = "org.bursar.web.internal.rest.On";
    private static final String ANONYMOUS = "org.bursar.rest.Anonymous";
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)(?::[^{}]*(?:\\{[^{}]*\\}[^{}]*)*)?\\}");

    private PageRoutes() {}

    /**
     * One address.
     *
     * @param path with its parameters as {@code {name}}
     * @param side {@code CONSOLE}, {@code PORTAL} or {@code BOTH}
     */
    record Route(String method, String path, String side, boolean anonymous) {
        boolean takesIds() {
            return path.contains("{");
        }

        @Override
        public String toString() {
            return method + ' ' + path;
        }
    }

    static List<Route> all() {
        List<Route> routes = new ArrayList<>();
        Path classes = Path.of(System.getProperty("bursar.bundles", "../bundles"), "web/target/classes");
        for (JavaClass type : new ClassFileImporter().importPath(classes)) {
            Optional<String> base = text(type, JAX + "Path");
            if (base.isPresent()) {
                for (JavaMethod method : type.getMethods()) {
                    for (String verb : List.of("GET", "POST")) {
                        if (method.isAnnotatedWith(JAX + verb)) {
                            routes.add(route(type, method, verb, base.get()));
                        }
                    }
                }
            }
        }
        assertTrue("only " + routes.size() + " pages", routes.size() > 100);
        return routes;
    }

    private static Route route(JavaClass type, JavaMethod method, String verb, String base) {
        String path = (base + text(method, JAX + "Path").orElse("")).replaceFirst("^//", "/");
        Matcher parameters = PARAMETER.matcher(path);
        String side = side(method).or(() -> side(type)).orElse("CONSOLE");
        return new Route(verb, parameters.replaceAll("{$1}"), side, method.isAnnotatedWith(ANONYMOUS));
    }

    private static Optional<String> text(HasAnnotations<?> on, String annotation) {
        return value(on, annotation).map(String::valueOf);
    }

    private static Optional<String> side(HasAnnotations<?> on) {
        return value(on, ON).map(value -> ((JavaEnumConstant) value).name());
    }

    private static Optional<Object> value(HasAnnotations<?> on, String annotation) {
        return on.getAnnotations().stream()
                .filter(one -> one.getRawType().getName().equals(annotation))
                .findFirst()
                .flatMap((JavaAnnotation<?> one) -> one.get("value"));
    }
}
