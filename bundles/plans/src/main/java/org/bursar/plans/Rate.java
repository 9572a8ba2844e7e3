package org.bursar.plans;

import java.math.BigDecimal;
import org.bursar.kernel.MeterId;

/**
 * What a plan includes of a meter and what more of it costs.
 *
 * @param included in the meter's unit, each cycle
 */
public record Rate(MeterId meter, String meterKey, BigDecimal included, Pricing pricing) {}
