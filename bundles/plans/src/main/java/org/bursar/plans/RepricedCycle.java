package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.PlanId;

/**
 * A cycle as it is repriced.
 *
 * @param plan whose prices hold
 * @param version the number of its version
 * @param meters by key; of each what resets took off it first, in their order; only such as were used
 */
public record RepricedCycle(Instant from, Instant to, PlanId plan, int version, List<RepricedMeter> meters) {
    public RepricedCycle {
        meters = List.copyOf(meters);
    }

    /** What is charged in addition for all of it; below zero: given back. */
    public BigDecimal difference() {
        return meters.stream().map(RepricedMeter::difference).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
