package org.bursar.metering;

import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.UsageEventId;
import org.bursar.plans.RatingBasis;
import org.bursar.plans.RatingExplanation;

/**
 * A counted event and how its charge came about.
 *
 * @param charge what was charged; the explanation computes it again
 * @param cost what it cost the tenant
 */
public record ExplainedEvent(
        UsageEventId id,
        String meterKey,
        Instant time,
        BigDecimal quantity,
        BigDecimal charge,
        BigDecimal cost,
        RatingBasis basis,
        RatingExplanation explanation) {}
