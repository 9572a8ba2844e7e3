package org.bursar.rest.internal;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.kernel.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;

/** The codes of the bundles that run: the public constants of their classes {@code …Problems}. */
final class PresentCodes {
    private static final String CLASSES = "*Problems.class";

    private final BundleContext context;
    private final Map<Bundle, Found> found = new ConcurrentHashMap<>();

    PresentCodes(BundleContext context) {
        this.context = context;
    }

    /** What one bundle has, as long as it is not updated. */
    private record Found(long modified, List<Object> codes) {}

    /** All constants of the type. */
    <T> List<T> all(Class<T> type) {
        Set<Bundle> present = new HashSet<>();
        List<T> codes = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getState() == Bundle.ACTIVE && knowsTheKernel(bundle)) {
                present.add(bundle);
                Found known = found.compute(
                        bundle,
                        (key, former) -> former != null && former.modified() == bundle.getLastModified()
                                ? former
                                : new Found(bundle.getLastModified(), constants(bundle)));
                known.codes().stream().filter(type::isInstance).map(type::cast).forEach(codes::add);
            }
        }
        found.keySet().retainAll(present);
        return codes;
    }

    /** Nothing of a foreign bundle is loaded. */
    private static boolean knowsTheKernel(Bundle bundle) {
        Bundle kernel = FrameworkUtil.getBundle(ProblemCode.class);
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        return bundle.equals(kernel)
                || wiring != null
                        && wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
                                .anyMatch(wire -> wire.getProvider().getBundle().equals(kernel));
    }

    private static List<Object> constants(Bundle bundle) {
        @Nullable Enumeration<URL> entries = bundle.findEntries("/", CLASSES, true);
        List<Object> codes = new ArrayList<>();
        for (URL entry : entries == null ? List.<URL>of() : Collections.list(entries)) {
            String path = entry.getPath();
            String name = path.substring(1, path.length() - ".class".length()).replace('/', '.');
            try {
                for (Field field : bundle.loadClass(name).getFields()) {
                    if (Modifier.isStatic(field.getModifiers())) {
                        codes.add(field.get(null));
                    }
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                throw new IllegalStateException(name + " of " + bundle.getSymbolicName() + " cannot be read", e);
            }
        }
        return codes;
    }
}
