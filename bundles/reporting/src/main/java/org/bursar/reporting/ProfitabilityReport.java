package org.bursar.reporting;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What customers were charged against what they cost.
 *
 * @param period as asked for, widened to whole days
 * @param sum of all customers, those of other pages too
 * @param customers the highest charge first
 * @param next where the next page begins; null on the last
 */
public record ProfitabilityReport(
        Period period,
        Sum sum,
        List<Line> customers,
        @Nullable String next) {
    public ProfitabilityReport {
        customers = List.copyOf(customers);
    }

    /**
     * The figures.
     *
     * @param charged rated usage
     * @param cost what the usage cost the tenant
     * @param settledHolds settlements of holds that name no usage event: a line of its own, not part of charged
     */
    public record Sum(BigDecimal charged, BigDecimal cost, BigDecimal settledHolds) {
        /** Charged less cost. */
        public BigDecimal margin() {
            return charged.subtract(cost);
        }
    }

    /** One customer; it has no name any more when it was deleted. */
    public record Line(CustomerId customer, Optional<String> name, Sum sum) {}
}
