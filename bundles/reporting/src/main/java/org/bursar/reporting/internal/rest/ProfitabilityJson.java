package org.bursar.reporting.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.reporting.ProfitabilityReport;
import org.jspecify.annotations.Nullable;

/** The profitability report as JSON. */
record ProfitabilityJson(
        Instant from,
        Instant to,
        @Schema(types = "string") BigDecimal charged,
        @Schema(types = "string") BigDecimal cost,
        @Schema(types = "string") BigDecimal margin,
        @Schema(types = "string") BigDecimal settledHolds,
        List<Line> customers,
        @Nullable String next) {
    record Line(
            @Schema(types = "string") CustomerId customer,
            @Nullable String name,
            @Schema(types = "string") BigDecimal charged,
            @Schema(types = "string") BigDecimal cost,
            @Schema(types = "string") BigDecimal margin,
            @Schema(types = "string") BigDecimal settledHolds) {}

    static ProfitabilityJson of(ProfitabilityReport report) {
        return new ProfitabilityJson(
                report.period().from(),
                report.period().to(),
                report.sum().charged(),
                report.sum().cost(),
                report.sum().margin(),
                report.sum().settledHolds(),
                report.customers().stream()
                        .map(line -> new Line(
                                line.customer(),
                                line.name().orElse(null),
                                line.sum().charged(),
                                line.sum().cost(),
                                line.sum().margin(),
                                line.sum().settledHolds()))
                        .toList(),
                report.next());
    }
}
