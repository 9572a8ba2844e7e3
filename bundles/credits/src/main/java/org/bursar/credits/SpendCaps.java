package org.bursar.credits;

import java.math.BigDecimal;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Caps on what single users of a customer may spend. A user without one spends what the customer has. Every method joins the
 * caller's transaction or opens one.
 */
@ProviderType
public interface SpendCaps {
    /** The caps of a customer's users, by user. */
    Page<SpendCap> list(Scope scope, CustomerId customer, Page.Request request);

    /**
     * A user's cap.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is none
     */
    SpendCap get(Scope scope, CustomerId customer, UserId user);

    /**
     * Sets a user's cap. What open holds reserve for the user counts at once, what was spent counts from now on; setting it
     * again keeps what was spent unless the period becomes another one.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@code not_found} when the customer is not there or has no such
     *     user; {@code forbidden} when a scope that is limited to customers would loosen what the tenant has set
     */
    SpendCap set(Scope scope, CustomerId customer, UserId user, BigDecimal amount, SpendCap.Period period);

    /**
     * Removes a user's cap.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is none; {@code forbidden} when a scope
     *     that is limited to customers would remove what the tenant has set
     */
    void remove(Scope scope, CustomerId customer, UserId user);
}
