package org.bursar.identity;

import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What identity must know of customers before it gives somebody a user or a key of one. Implemented by customers;
 * its methods join
 * the caller's transaction. Without it a customer counts as there when it has a user, and has no sub-accounts.
 */
@ConsumerType
public interface KnownCustomers {
    /** Whether the scope sees such a customer and it is not deleted. */
    boolean exists(Scope scope, CustomerId customer);

    /** The customers whose parent this one is: its users see them beside their own. */
    Set<CustomerId> subAccounts(Scope scope, CustomerId parent);

    /** Why the customer gets no further users now; empty when it may. */
    default Optional<ProblemCode> refusesNewUsers(Scope scope, CustomerId customer) {
        return Optional.empty();
    }
}
