package org.bursar.tenancy;

import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Tenants as other capabilities need them. */
@ProviderType
public interface Tenants {
    /**
     * The scope's own tenant. Joins the caller's transaction.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is none
     */
    Tenant own(Scope scope);
}
