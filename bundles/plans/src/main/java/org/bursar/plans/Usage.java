package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;

/**
 * A quantity that was consumed.
 *
 * @param quantity in the meter's unit, at most 6 places; below zero for a correction
 * @param time when it was consumed: decides the cycle
 */
public record Usage(CustomerId customer, MeterId meter, BigDecimal quantity, Instant time) {}
