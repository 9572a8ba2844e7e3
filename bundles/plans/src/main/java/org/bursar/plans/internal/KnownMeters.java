package org.bursar.plans.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Meter;

/**
 * Meters that were read, by their keys. That a meter is there, what it is called by and how it counts never changes, so it is
 * believed; what it costs changes, so whoever counts by that compares the versions.
 */
final class KnownMeters {
    private static final int MOST = 10_000;

    private final Map<Name, Meter> meters = new ConcurrentHashMap<>();

    private record Name(TenantId tenant, String key) {}

    /** Those with these keys; fewer when not all are known. */
    Map<String, Meter> get(TenantId tenant, Collection<String> keys) {
        Map<String, Meter> found = new HashMap<>();
        for (String key : keys) {
            Meter meter = meters.get(new Name(tenant, key));
            if (meter != null) {
                found.put(key, meter);
            }
        }
        return found;
    }

    void remember(TenantId tenant, Collection<Meter> read) {
        if (meters.size() >= MOST) {
            meters.clear();
        }
        for (Meter meter : read) {
            meters.put(new Name(tenant, meter.key()), meter);
        }
    }

    /** They are not what they were. */
    void forget(TenantId tenant) {
        meters.keySet().removeIf(name -> name.tenant().equals(tenant));
    }
}
