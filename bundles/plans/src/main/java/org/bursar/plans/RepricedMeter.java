package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.MeterId;

/**
 * A meter's charge in a cycle before and after a repricing.
 *
 * @param resetAt of what a reset took off the counter, which is priced by itself: when; empty: what the counter shows since
 * @param quantity what was consumed
 * @param charged before
 * @param charge after: round6(P(quantity)), half even
 */
public record RepricedMeter(
        MeterId meter,
        String meterKey,
        Optional<Instant> resetAt,
        BigDecimal quantity,
        BigDecimal charged,
        BigDecimal charge) {
    /** What is charged in addition; below zero: given back. */
    public BigDecimal difference() {
        return charge.subtract(charged);
    }
}
