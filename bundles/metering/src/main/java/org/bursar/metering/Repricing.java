package org.bursar.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.RepricingId;
import org.bursar.plans.RepricedMeter;

/**
 * A cycle's usage that was priced anew.
 *
 * @param id named by the ledger entry that posted the difference
 * @param plan whose prices hold
 * @param planVersion the number of its version
 * @param difference what was charged in addition; below zero: given back; zero: nothing was posted
 * @param meters what it changed, by the meters' keys
 */
public record Repricing(
        RepricingId id,
        CustomerId customer,
        Instant cycleFrom,
        Instant cycleTo,
        PlanId plan,
        int planVersion,
        BigDecimal difference,
        String reason,
        String by,
        Instant at,
        List<RepricedMeter> meters) {
    public Repricing {
        meters = List.copyOf(meters);
    }
}
