package org.bursar.plans;

import java.math.BigDecimal;

/**
 * What a usage costs.
 *
 * @param charge what the customer pays, in the wallet's unit, 6 places; may be below zero
 * @param cost what it costs the tenant, 6 places
 * @param basis what both were computed from
 */
public record RatedUsage(BigDecimal charge, BigDecimal cost, RatingBasis basis) {}
