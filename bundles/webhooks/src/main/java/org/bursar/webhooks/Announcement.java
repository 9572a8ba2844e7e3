package org.bursar.webhooks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, for a tenant's own systems.
 *
 * @param type of {@link EventTypes}
 * @param customer whose it is
 * @param data what it is about: ids, states and amounts, nothing personal. Values are texts, numbers, booleans or null; ids, enums
 *     and decimals are written as over HTTP
 */
public record Announcement(String type, Optional<CustomerId> customer, Map<String, @Nullable Object> data) {
    public Announcement {
        if (!EventTypes.known(type)) {
            throw new IllegalArgumentException("not a type of event: " + type);
        }
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
