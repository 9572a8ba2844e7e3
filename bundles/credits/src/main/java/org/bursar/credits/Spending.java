package org.bursar.credits;

import java.math.BigDecimal;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.annotation.versioning.ProviderType;

/** Counts under users' caps what was charged otherwise than by a hold. */
@ProviderType
public interface Spending {
    /**
     * Something that was charged for a user.
     *
     * @param amount in the wallet's unit, below zero for a correction
     */
    record Spent(CustomerId customer, UserId user, BigDecimal amount) {}

    /**
     * Counts it, where the users have caps. It refuses nothing: it was spent. Joins the caller's transaction, which has posted it
     * before.
     */
    void count(Scope scope, List<Spent> spent);
}
