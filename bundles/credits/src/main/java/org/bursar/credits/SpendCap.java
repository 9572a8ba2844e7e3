package org.bursar.credits;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/**
 * How much of a customer's credit one user may spend.
 *
 * @param amount how much in a period, in the wallet's unit; zero: nothing
 * @param spent what was charged for the user in the present period, since the cap was set; after a late settlement it may be more
 *     than the amount, after corrections it may be below zero
 * @param held what open holds reserve for the user
 * @param until when the next period begins; null when there is but one
 * @param byTenant whether the tenant has set it; then the customer's own people may only lower it
 */
public record SpendCap(
        CustomerId customer,
        UserId user,
        BigDecimal amount,
        Period period,
        BigDecimal spent,
        BigDecimal held,
        @Nullable Instant until,
        boolean byTenant) {
    /** After what time a cap begins anew. */
    public enum Period {
        /** Never. */
        TOTAL,
        /** At midnight in the tenant's time zone. */
        DAY,
        /** With the first day of a month in the tenant's time zone. */
        MONTH
    }

    /** What is left; below zero when more was spent than the amount. */
    public BigDecimal available() {
        return amount.subtract(spent).subtract(held);
    }

    /** Whether a hold may take that much. */
    public boolean covers(BigDecimal wanted) {
        return available().compareTo(wanted) >= 0;
    }
}
