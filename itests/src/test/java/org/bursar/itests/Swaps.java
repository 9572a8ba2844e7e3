package org.bursar.itests;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.FrameworkWiring;

/** Bundles of the platform, stopped, started and replaced while it runs. */
final class Swaps {
    private static final String OURS = "org.bursar.";

    private final BundleContext context;

    Swaps(BundleContext context) {
        this.context = context;
    }

    /** One of the platform's bundles by its short name. */
    Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> (OURS + name).equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + name));
    }

    /** Without this choice being kept for the next start. */
    void stop(String name) throws BundleException {
        bundle(name).stop(Bundle.STOP_TRANSIENT);
    }

    void start(String name) throws BundleException {
        bundle(name).start(Bundle.START_TRANSIENT);
    }

    /** Replaces a bundle by the same jar, and wires whoever uses its packages to the new one. */
    void updateAndRefresh(String name) throws Exception {
        Bundle bundle = bundle(name);
        bundle.update();
        refresh(bundle);
    }

    void refresh(Bundle... bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        FrameworkWiring wiring = system().adapt(FrameworkWiring.class);
        wiring.refreshBundles(List.of(bundles), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        if (!done.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the refresh does not end");
        }
    }

    private Bundle system() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    }

    /** Revisions that were replaced and are still wired to somebody: class loaders that cannot go. */
    List<String> stale() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith(OURS))
                .filter(bundle ->
                        bundle.adapt(BundleRevisions.class).getRevisions().size() > 1)
                .map(Bundle::getSymbolicName)
                .toList();
    }

    /** The schemas that this bundle describes and no other one does. */
    Set<String> schemasOfAlone(String name) throws IOException {
        Set<String> alone = schemas(bundle(name));
        for (Bundle other : context.getBundles()) {
            if (!other.equals(bundle(name))) {
                alone.removeAll(schemas(other));
            }
        }
        return alone;
    }

    private static Set<String> schemas(Bundle bundle) throws IOException {
        Set<String> names = new TreeSet<>();
        boolean ours = String.valueOf(bundle.getSymbolicName()).startsWith(OURS);
        URL document = ours ? bundle.getEntry("META-INF/openapi.json") : null;
        if (document != null) {
            try (InputStream in = document.openStream()) {
                new ObjectMapper()
                        .readTree(in)
                        .at("/components/schemas")
                        .fieldNames()
                        .forEachRemaining(names::add);
            }
        }
        return names;
    }

    /** How many services our bundles have registered now. */
    long services() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith(OURS))
                .map(Bundle::getRegisteredServices)
                .filter(services -> services != null)
                .mapToLong(services -> services.length)
                .sum();
    }
}
