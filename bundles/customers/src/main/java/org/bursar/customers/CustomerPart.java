package org.bursar.customers;

import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What another capability keeps for each customer. Called inside the transaction that creates or erases the customer, in the
 * order of {@link #order()}; what it throws undoes the whole. Which parts must be there is configured by name: while one is
 * missing, customers are not created (503).
 */
@ConsumerType
public interface CustomerPart {
    /** Its name in the configuration, that of its capability. */
    String name();

    /** Smaller is earlier: wallets 100, subscriptions 200. */
    int order();

    /**
     * A customer was created.
     *
     * @param plan the key of the plan that was asked for
     * @throws org.bursar.kernel.ProblemException for instance {@code invalid} at {@code /plan}
     */
    void created(Scope scope, CustomerId customer, Optional<String> plan);

    /** The grace period is over: personal data goes, money stays under the customer's id, which then names nobody. */
    void erased(Scope scope, CustomerId customer);
}
