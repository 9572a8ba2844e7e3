package org.bursar.purchases;

import java.time.Instant;

/**
 * How a tenant's provider answered when it was asked last.
 *
 * @param message for the tenant's admin; empty when all is well
 * @param since since when the code is what it is
 * @param checkedAt when it was asked
 */
public record GatewayHealth(Code code, String message, Instant since, Instant checkedAt) {
    /** In one word. */
    public enum Code {
        UP,
        DEGRADED,
        DOWN,
        MISCONFIGURED,
        /** It did not answer in time, or with nonsense. */
        UNKNOWN,
        /** No bundle offers the gateway. */
        ABSENT
    }
}
