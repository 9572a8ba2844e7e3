package org.bursar.credits;

import java.math.BigDecimal;
import java.util.Optional;
import org.bursar.kernel.CustomerId;

/**
 * A hold that is to be placed.
 *
 * @param amount greater than zero, at most 6 places
 * @param ttlSeconds 1 to {@value #LONGEST_TTL_SECONDS}
 * @param usageEvent the usage event that it is for, at most {@value #LONGEST_USAGE_EVENT} characters
 */
public record NewHold(CustomerId customer, BigDecimal amount, int ttlSeconds, Optional<String> usageEvent) {
    /** A day. */
    public static final int LONGEST_TTL_SECONDS = 86_400;

    /** Characters that a usage event's name may have. */
    public static final int LONGEST_USAGE_EVENT = 400;
}
