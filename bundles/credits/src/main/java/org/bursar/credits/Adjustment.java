package org.bursar.credits;

import java.math.BigDecimal;

/**
 * A person's correction of a balance. It is no purchase and no revenue.
 *
 * @param amount greater than zero, at most 6 places
 * @param reason in a person's words, 1 to 500 characters; the customer can read it
 */
public record Adjustment(Operation operation, BigDecimal amount, String reason) {
    /** The longest reason. */
    public static final int LONGEST_REASON = 500;

    /** What is done. */
    public enum Operation {
        ADD,
        DEDUCT
    }
}
