package org.bursar.tenancy;

import java.util.Optional;
import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ProviderType;

/** The pictures of tenants, also for those who have not signed in yet. */
@ProviderType
public interface TenantLogos {
    /** One tenant's logo, believed for a second; empty when it has none. */
    Optional<Logo> of(TenantId tenant);
}
