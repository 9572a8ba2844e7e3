package org.bursar.tenancy;

import java.util.Map;
import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ProviderType;

/** What tenants say to their customers in their own words. */
@ProviderType
public interface TenantTexts {
    /** One tenant's texts by their keys, believed for a second; none when it has none. They are text and never markup. */
    Map<String, String> of(TenantId tenant);
}
