package org.bursar.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.UsageEventId;
import org.bursar.plans.RatingBasis;
import org.bursar.plans.RatingExplanation;

/**
 * A counted event and how its charge came about.
 *
 * @param charge what was charged; the explanation computes it again
 * @param cost what it cost the tenant
 * @param repricings of its cycle since it was received, the oldest first, at most 100: the cycle was charged by other prices then,
 *     the event keeps its charge
 */
public record ExplainedEvent(
        UsageEventId id,
        String meterKey,
        Instant time,
        BigDecimal quantity,
        BigDecimal charge,
        BigDecimal cost,
        RatingBasis basis,
        RatingExplanation explanation,
        List<RepricingId> repricings) {
    public ExplainedEvent {
        repricings = List.copyOf(repricings);
    }
}
