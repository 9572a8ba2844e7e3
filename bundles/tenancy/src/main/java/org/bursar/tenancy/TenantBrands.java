package org.bursar.tenancy;

import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ProviderType;

/** How tenants present themselves to their customers, also to those who have not signed in yet. */
@ProviderType
public interface TenantBrands {
    /**
     * One tenant's brand, believed for a second.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is no such tenant
     */
    Brand of(TenantId tenant);
}
