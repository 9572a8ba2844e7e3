package org.bursar.kernel;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Which tenants there are, and what leads to them. It holds no personal data and no money, so it is outside row-level security. */
@ConsumerType
public interface TenantDirectory {
    /** A tenant by its slug. */
    Optional<TenantId> bySlug(String slug);

    /** A tenant by a verified domain or {@code {slug}.localhost}, in lower case, without port. */
    Optional<TenantId> byHost(String host);

    /** Whether there is such a tenant. */
    boolean exists(TenantId tenant);

    /** Every tenant, the platform's reserved one not among them: for workers, which take one after the other. */
    List<TenantId> all();

    /** The first hundred slugs in alphabetical order, to complete what somebody types in the shell. */
    default List<String> slugs() {
        return List.of();
    }
}
