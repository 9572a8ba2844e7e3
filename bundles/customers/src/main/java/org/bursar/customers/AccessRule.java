package org.bursar.customers;

import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.annotation.versioning.ConsumerType;

/** One condition for being served. Which rules must be there is configured by name; a missing one refuses with {@code not_ready}. */
@ConsumerType
public interface AccessRule {
    /** {@code account} (customers), {@code subscription} (plans), {@code balance} (credits). */
    String name();

    /**
     * Why this customer is not to be served now; empty when nothing speaks against it. Joins the caller's transaction.
     *
     * @param user the user who asks, where one is named
     */
    Optional<AccessReason> refusal(Scope scope, CustomerId customer, Optional<UserId> user);
}
