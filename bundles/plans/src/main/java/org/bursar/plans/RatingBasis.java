package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.PlanId;

/**
 * What a charge was computed from. Kept with the charge, it gives the same charge again at any later time.
 *
 * @param plan the plan that held; empty: there was none
 * @param version the number of the plan's version; 0 without a plan
 * @param cycleFrom the beginning of the cycle that it was counted in
 * @param before what the cycle had consumed, 6 places
 * @param chargedBefore what the cycle had been charged, 6 places
 * @param costPerUnit what a unit cost the tenant, at most 12 places
 */
public record RatingBasis(
        Optional<PlanId> plan,
        int version,
        Instant cycleFrom,
        BigDecimal before,
        BigDecimal chargedBefore,
        BigDecimal costPerUnit) {}
