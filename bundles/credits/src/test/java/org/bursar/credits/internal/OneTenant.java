package org.bursar.credits.internal;

import java.util.List;
import java.util.Optional;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;

/** A directory of one tenant. */
record OneTenant(TenantId tenant) implements TenantDirectory {
    @Override
    public Optional<TenantId> bySlug(String slug) {
        return Optional.empty();
    }

    @Override
    public Optional<TenantId> byHost(String host) {
        return Optional.empty();
    }

    @Override
    public boolean exists(TenantId id) {
        return id.equals(tenant);
    }

    @Override
    public List<TenantId> all() {
        return List.of(tenant);
    }
}
