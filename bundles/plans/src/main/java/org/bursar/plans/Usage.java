package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;

/**
 * A quantity that was consumed.
 *
 * @param meter as it was read in the same transaction: its cost is the one that counts
 * @param quantity in the meter's unit, at most 6 places; below zero for a correction
 * @param time when it was consumed: decides the cycle
 */
public record Usage(CustomerId customer, Meter meter, BigDecimal quantity, Instant time) {}
