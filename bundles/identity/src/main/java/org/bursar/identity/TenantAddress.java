package org.bursar.identity;

import java.util.Optional;
import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ConsumerType;

/** Where a tenant's people sign in, so that links in mails lead to its own host. Implemented by tenancy. */
@ConsumerType
public interface TenantAddress {
    /**
     * A host of the tenant's, without port: its verified domain or {@code {slug}.localhost}. It comes from what is
     * stored, never from a
     * request. Joins the caller's transaction.
     *
     * @return empty when there is no such tenant
     */
    Optional<String> host(TenantId tenant);
}
