package org.bursar.credits;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A person's correction of a balance. It is no purchase and no revenue.
 *
 * @param amount greater than zero, at most 6 places
 * @param reason in a person's words, 1 to 500 characters; the customer can read it
 * @param expiresAt from when on what is left of what was added cannot be spent; in the future, within 100 years
 * @param priority of what is added, 0 to 1,000, the smaller spent first; without it {@link Grant#USUAL_PRIORITY}
 */
public record Adjustment(
        Operation operation,
        BigDecimal amount,
        String reason,
        Optional<Instant> expiresAt,
        Optional<Integer> priority) {
    /** The longest reason. */
    public static final int LONGEST_REASON = 500;

    /** An adjustment that, when it adds, adds on the usual terms. */
    public Adjustment(Operation operation, BigDecimal amount, String reason) {
        this(operation, amount, reason, Optional.empty(), Optional.empty());
    }

    /** What is done. */
    public enum Operation {
        ADD,
        DEDUCT
    }
}
