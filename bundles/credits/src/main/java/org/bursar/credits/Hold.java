package org.bursar.credits;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An amount that is reserved while something is being done whose price is not yet known.
 *
 * @param amount what was reserved in the beginning
 * @param settled what was charged of it so far
 * @param afterExpiry whether something of it was charged when its time had run out
 * @param usageEvent the usage event that it is for, as the caller names it; then its settlements count as that usage
 *     in reports
 * @param user the person of the customer's for whom it is; then it counts against that user's cap
 * @param version counts changes; the ETag
 */
public record Hold(
        HoldId id,
        CustomerId customer,
        BigDecimal amount,
        BigDecimal settled,
        HoldStatus status,
        boolean afterExpiry,
        @Nullable String usageEvent,
        @Nullable UserId user,
        Instant expiresAt,
        Instant createdAt,
        long version) {
    /** What is not charged yet; reserved while the hold is open. */
    public BigDecimal rest() {
        return amount.subtract(settled);
    }
}
