package org.bursar.credits;

import java.math.BigDecimal;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;

/**
 * A hold that is to be placed.
 *
 * @param amount greater than zero, at most 6 places
 * @param ttlSeconds 1 to {@value #LONGEST_TTL_SECONDS}
 * @param usageEvent the usage event that it is for, at most {@value #LONGEST_USAGE_EVENT} characters
 * @param user the person for whom it is, one of the customer's or of its parent's; the user's cap must cover it too
 */
public record NewHold(
        CustomerId customer, BigDecimal amount, int ttlSeconds, Optional<String> usageEvent, Optional<UserId> user) {
    /** A day. */
    public static final int LONGEST_TTL_SECONDS = 86_400;

    /** Characters that a usage event's name may have. */
    public static final int LONGEST_USAGE_EVENT = 400;

    /** A hold for nobody in particular. */
    public NewHold(CustomerId customer, BigDecimal amount, int ttlSeconds, Optional<String> usageEvent) {
        this(customer, amount, ttlSeconds, usageEvent, Optional.empty());
    }
}
