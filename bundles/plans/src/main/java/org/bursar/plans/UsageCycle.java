package org.bursar.plans;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.MeterId;

/** What a customer consumed in a cycle: every meter of its plan, and any other that it used. */
public record UsageCycle(Instant from, Instant to, List<MeterUsage> meters) {
    public UsageCycle {
        meters = List.copyOf(meters);
    }

    /**
     * One meter.
     *
     * @param included what the plan includes
     * @param consumed since the cycle began or was reset
     * @param overage what was consumed beyond what is included
     * @param charge what the overage was charged
     */
    public record MeterUsage(
            MeterId meter,
            String key,
            String name,
            String unit,
            BigDecimal included,
            BigDecimal consumed,
            BigDecimal overage,
            BigDecimal charge) {}
}
