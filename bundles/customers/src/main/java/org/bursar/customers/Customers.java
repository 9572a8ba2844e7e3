package org.bursar.customers;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Customers as other capabilities need them. Every method joins the caller's transaction. */
@ProviderType
public interface Customers {
    /** Which of these are there and not deleted. */
    Set<CustomerId> existing(Scope scope, Collection<CustomerId> customers);

    /**
     * Checks that a customer is there, within the scope and not deleted.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    void require(Scope scope, CustomerId customer);

    /** The names of these, where they are there. */
    Map<CustomerId, String> names(Scope scope, Collection<CustomerId> customers);
}
