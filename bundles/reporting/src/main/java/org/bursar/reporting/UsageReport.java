package org.bursar.reporting;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.CustomerId;

/**
 * What was used, by meter.
 *
 * @param period as asked for, widened to whole buckets
 * @param customer whose; empty: of all that the scope sees
 * @param charge the sum of the lines
 * @param cost the sum of the lines; empty for whom the tenant's cost is none of their business
 */
public record UsageReport(
        Period period,
        Bucket bucket,
        Optional<CustomerId> customer,
        List<Line> lines,
        BigDecimal charge,
        Optional<BigDecimal> cost) {
    public UsageReport {
        lines = List.copyOf(lines);
    }

    /**
     * One meter.
     *
     * @param meter its key
     * @param unitPrice what the customer's present plan asks for a unit beyond the included ones (of tiers the first, of a package
     *     its price by its size); empty without such a rate, and for more than one customer
     * @param effectiveUnitPrice charge by quantity, 12 places, half even; empty when the quantity is zero
     */
    public record Line(
            String meter,
            String name,
            String unit,
            long events,
            BigDecimal quantity,
            Optional<BigDecimal> unitPrice,
            Optional<BigDecimal> effectiveUnitPrice,
            BigDecimal charge,
            Optional<BigDecimal> cost) {}
}
