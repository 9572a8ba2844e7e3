package org.bursar.customers.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * Services of a kind that come and go. They are fetched when they are first asked, not when they appear: their owners need
 * customers themselves, and whoever fetched them while customers start would close the circle.
 */
final class Whiteboard<T> {
    private final ConcurrentMap<ComponentServiceObjects<T>, Optional<T>> services = new ConcurrentHashMap<>();

    void add(ComponentServiceObjects<T> objects) {
        services.put(objects, Optional.empty());
    }

    void remove(ComponentServiceObjects<T> objects) {
        services.remove(objects);
    }

    /** Those that are there now; one that cannot start counts as not there. */
    List<T> present() {
        List<T> present = new ArrayList<>();
        for (ComponentServiceObjects<T> objects : services.keySet()) {
            Optional<T> known = services.computeIfPresent(
                    objects, (key, service) -> service.isPresent() ? service : Optional.ofNullable(key.getService()));
            if (known != null) {
                known.ifPresent(present::add);
            }
        }
        return present;
    }
}
