package org.bursar.purchases;

import java.net.URI;
import java.util.Collection;
import java.util.Set;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** The pages of providers on which payers look after the methods that they saved. */
@ProviderType
public interface MethodPortals {
    /**
     * Which of these have such pages now: none that was removed, and none while its gateway is gone or is being replaced. Nobody's
     * provider is asked.
     */
    Set<SavedMethodId> manageable(Collection<SavedMethod> methods);

    /**
     * Records in the audit log that somebody goes there; joins the caller's transaction.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code no_portal}, {@code gateway_unavailable} as far as it can
     *     be told without asking the provider
     */
    void plan(Scope scope, SavedMethodId id);

    /**
     * Asks the provider for an address that is good for one visit, and that leads back to the account page on the tenant's host.
     * Never inside a transaction; it changes nothing and may be asked again.
     *
     * @return an https address
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code no_portal} when the method was removed, its gateway has
     *     no such pages, or the provider refuses; {@code gateway_unavailable} while no bundle offers the gateway; {@code unavailable}
     *     when the provider was not reached or did not answer in time
     */
    URI visit(Scope scope, SavedMethodId id);
}
