package org.bursar.reporting.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.reporting.LifetimeReport;

/**
 * What a customer paid as JSON.
 *
 * @param items by currency; none of a customer that never paid
 */
@Schema(name = "LifetimeValue")
record LifetimeJson(@Schema(types = "string") CustomerId customer, Instant from, Instant to, List<Line> items) {
    /** What was paid in one currency. */
    @Schema(name = "LifetimeValueLine")
    record Line(
            @Schema(description = "in all: what came less what went back")
            RevenueJson.Amount paid,

            @Schema(description = "how much of it by purchases that were approved in the period")
            RevenueJson.Amount inPeriod) {}

    static LifetimeJson of(CustomerId customer, LifetimeReport report) {
        return new LifetimeJson(
                customer,
                report.period().from(),
                report.period().to(),
                report.lines().stream()
                        .map(line -> new Line(
                                RevenueJson.Amount.of(line.paid(), line.currency()),
                                RevenueJson.Amount.of(line.inPeriod(), line.currency())))
                        .toList());
    }
}
