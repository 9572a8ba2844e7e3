package org.bursar.customers.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        for (Map.Entry<ComponentServiceObjects<T>, Optional<T>> entry : services.entrySet()) {
            entry.getValue().or(() -> fetched(entry.getKey())).ifPresent(present::add);
        }
        return present;
    }

    /**
     * Fetches a service, and keeps it unless it went meanwhile. No lock is held, since fetching may start the service's component
     * while another thread stops it, and that one would then wait in {@link #remove}.
     */
    private Optional<T> fetched(ComponentServiceObjects<T> objects) {
        Optional<T> service;
        try {
            service = Optional.ofNullable(objects.getService());
        } catch (IllegalStateException e) {
            // it is gone, or whoever asks is
            return Optional.empty();
        }
        services.replace(objects, Optional.empty(), service);
        return service;
    }
}
