package org.bursar.rest.internal;

import static org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_SELECT;
import static org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED;
import static org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME;
import static org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN;

import jakarta.servlet.Servlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bursar.database.Lane;
import org.bursar.rest.Anonymous;
import org.bursar.rest.Requires;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each Application that names its paths a Jersey servlet of its own: a capability comes and its paths appear, it goes
 * and they are 404, and nobody else notices.
 */
@Component(service = Applications.class, immediate = true)
public final class Applications implements ServiceTrackerCustomizer<Application, Applications.Tracked> {
    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);
    private static final String PATHS = "bursar.rest.paths";
    /** How long the stop of a bundle waits for the requests in it. What takes longer ends by itself, if its code lives. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String PAGES = "bursar.rest.pages";
    private static final String PAGES_SELECT = "(osgi.http.whiteboard.context.name=default)";
    private static final String USAGE_PATHS = "bursar.rest.usagePaths";

    private final BundleContext context;
    private final Services services;
    private final Map<String, Bundle> owners = new ConcurrentHashMap<>();
    private final Map<Bundle, Set<String>> usagePaths = new ConcurrentHashMap<>();
    private final ServiceTracker<Application, Tracked> tracker;
    private volatile Set<String> allUsagePaths = Set.of();

    /**
     * Serves them from a thread of its own: the HTTP service may be taking up a servlet that waits for this component, and
     * forgets the servlets that come to it from within.
     */
    @Activate
    public Applications(BundleContext context, @Reference Services services) throws InvalidSyntaxException {
        this.context = context;
        this.services = services;
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
        String filter = "(&(objectClass=" + Application.class.getName() + ")(|(" + PATHS + "=*)(" + PAGES + "=*)))";
        tracker = new ServiceTracker<>(context, FrameworkUtil.createFilter(filter), this);
        Thread opener = new Thread(tracker::open, "rest-applications");
        opener.setDaemon(true);
        opener.start();
    }

    @Deactivate
    void close() {
        tracker.close();
    }

    /** One Application that is there. */
    sealed interface Tracked permits Served, Refused {}

    /** One that is served. */
    record Served(
            Bundle bundle,
            Set<String> paths,
            boolean pages,
            Set<String> usagePaths,
            Application application,
            InFlight requests,
            AtomicReference<@Nullable ApiServlet> live,
            ServiceRegistration<Servlet> servlet)
            implements Tracked {}

    /** One that is not. */
    record Refused(String reason) implements Tracked {}

    /** The lane of a request: usage, when its capability says so of its method and path. */
    Lane lane(String method, String uri) {
        if (uri.startsWith(ApiContext.PATH + '/')) {
            int end = uri.indexOf('/', ApiContext.PATH.length() + 1);
            String path = uri.substring(ApiContext.PATH.length(), end < 0 ? uri.length() : end);
            Set<String> usage = allUsagePaths;
            if (usage.contains(path) || usage.contains(method + ' ' + path)) {
                return Lane.USAGE;
            }
        }
        return Lane.GENERAL;
    }

    /** For every request to look into. */
    private synchronized void gatherUsagePaths() {
        Set<String> all = new java.util.HashSet<>();
        usagePaths.values().forEach(all::addAll);
        allUsagePaths = Set.copyOf(all);
    }

    /** The servlet that serves a top-level path of the interface now. */
    Optional<Servlet> servlet(String path) {
        return tracked(Served.class)
                .filter(served -> !served.pages() && served.paths().contains(path))
                .findFirst()
                .map(served -> served.live().get());
    }

    /** The bundles that serve paths now, in the order of their names. */
    List<Bundle> bundles() {
        return owners.values().stream()
                .distinct()
                .sorted(Comparator.comparing(Bundle::getSymbolicName))
                .toList();
    }

    /** The applications that are served now. */
    List<Application> applications() {
        return tracked(Served.class).map(Served::application).toList();
    }

    private <T extends Tracked> Stream<T> tracked(Class<T> type) {
        return tracker.getTracked().values().stream().filter(type::isInstance).map(type::cast);
    }

    /** Applications that are not served, and why. */
    List<String> refusals() {
        return tracked(Refused.class).map(Refused::reason).toList();
    }

    @Override
    @SuppressWarnings("NullAway") // a tracker takes null for a service that it shall not track
    public @Nullable Tracked addingService(ServiceReference<Application> reference) {
        Application application = context.getService(reference);
        Bundle bundle = reference.getBundle();
        if (application == null || bundle == null) {
            // it went while it came
            return null;
        }
        boolean pages = reference.getProperty(PAGES) != null;
        Set<String> paths = strings(reference, pages ? PAGES : PATHS);
        Set<String> usage = strings(reference, USAGE_PATHS);
        String fault = fault(application, bundle, paths, pages);
        if (fault != null) {
            LOG.error("{}", fault);
            context.ungetService(reference);
            return new Refused(fault);
        }
        Map<String, Object> properties = Map.of(
                HTTP_WHITEBOARD_CONTEXT_SELECT,
                pages ? PAGES_SELECT : ApiContext.SELECT,
                HTTP_WHITEBOARD_SERVLET_NAME,
                bundle.getSymbolicName(),
                HTTP_WHITEBOARD_SERVLET_PATTERN,
                patterns(paths),
                HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED,
                true);
        InFlight requests = new InFlight();
        AtomicReference<@Nullable ApiServlet> live = new AtomicReference<>();
        Supplier<ResourceConfig> made =
                () -> pages ? ApiServlet.pages(application) : ApiServlet.operations(application, services);
        ServiceRegistration<Servlet> servlet = context.registerService(
                Servlet.class, new ApiServletFactory(made, requests, live), FrameworkUtil.asDictionary(properties));
        usagePaths.put(bundle, usage);
        gatherUsagePaths();
        return new Served(bundle, paths, pages, usage, application, requests, live, servlet);
    }

    private static Set<String> strings(ServiceReference<Application> reference, String property) {
        Object value = reference.getProperty(property);
        if (value == null) {
            return Set.of();
        }
        return new TreeSet<>(
                Arrays.asList(value instanceof String[] many ? many : new String[] {String.valueOf(value)}));
    }

    private @Nullable String fault(Application application, Bundle bundle, Set<String> paths, boolean pages) {
        for (String path : paths) {
            if (!path.matches("/[a-z][a-z-]*") && !(pages && path.equals("/"))) {
                return bundle.getSymbolicName() + " is not served: its path " + path + " is not of the form /name";
            }
        }
        List<Method> open = unguarded(application);
        if (!open.isEmpty()) {
            return bundle.getSymbolicName() + " is not served: neither @Requires nor @Anonymous on " + open;
        }
        for (String path : paths) {
            Bundle owner = owners.putIfAbsent(key(path, pages), bundle);
            if (owner != null) {
                owners.values().removeIf(bundle::equals);
                return bundle.getSymbolicName() + " is not served: " + path + " belongs to " + owner.getSymbolicName();
            }
        }
        return null;
    }

    /** A page and a capability may have the same path, one beside the interface and one below it. */
    private static String key(String path, boolean page) {
        return page ? "page " + path : path;
    }

    @SuppressWarnings("deprecation") // see RestApplication
    private static List<Method> unguarded(Application application) {
        List<Method> open = new ArrayList<>();
        Set<Class<?>> types = new java.util.HashSet<>(application.getClasses());
        application.getSingletons().forEach(singleton -> types.add(singleton.getClass()));
        for (Class<?> type : types) {
            for (Method method : type.getMethods()) {
                boolean served = Arrays.stream(method.getAnnotations())
                        .map(Annotation::annotationType)
                        .anyMatch(annotation -> annotation.isAnnotationPresent(HttpMethod.class));
                if (served
                        && !method.isAnnotationPresent(Requires.class)
                        && !method.isAnnotationPresent(Anonymous.class)) {
                    open.add(method);
                }
            }
        }
        return open;
    }

    private static String[] patterns(Set<String> paths) {
        return paths.stream().map(path -> path.equals("/") ? "" : path + "/*").toArray(String[]::new);
    }

    @Override
    public void modifiedService(ServiceReference<Application> reference, Tracked tracked) {
        // the paths of an Application are fixed by its component
    }

    /** Its paths are 404 at once; then it waits for the requests in it, while all that they use is still there. */
    @Override
    public void removedService(ServiceReference<Application> reference, Tracked tracked) {
        if (tracked instanceof Served served) {
            served.servlet().unregister();
            served.requests().close();
            served.paths().forEach(path -> owners.remove(key(path, served.pages())));
            usagePaths.remove(served.bundle(), served.usagePaths());
            gatherUsagePaths();
            if (!served.requests().awaitEnd(PATIENCE)) {
                LOG.warn(
                        "{} goes while requests in it still run",
                        served.bundle().getSymbolicName());
            }
            context.ungetService(reference);
        }
    }
}
