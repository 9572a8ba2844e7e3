package org.bursar.reporting.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.reporting.Bucket;
import org.bursar.reporting.UsageReport;
import org.jspecify.annotations.Nullable;

/** The usage report as JSON. Costs are left out for whom they are none of their business. */
record UsageJson(
        Instant from,
        Instant to,
        Bucket bucket,
        @Schema(types = "string") @Nullable CustomerId customer,
        List<Line> items,
        Totals totals) {
    record Line(
            String meter,
            String name,
            String unit,
            long events,
            @Schema(types = "string") BigDecimal quantity,
            @Schema(types = "string") @Nullable BigDecimal unitPrice,
            @Schema(types = "string") @Nullable BigDecimal effectiveUnitPrice,
            @Schema(types = "string") BigDecimal charge,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(types = "string") @Nullable
            BigDecimal cost) {}

    record Totals(
            @Schema(types = "string") BigDecimal charge,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(types = "string") @Nullable
            BigDecimal cost) {}

    static UsageJson of(UsageReport report) {
        return new UsageJson(
                report.period().from(),
                report.period().to(),
                report.bucket(),
                report.customer().orElse(null),
                report.lines().stream()
                        .map(line -> new Line(
                                line.meter(),
                                line.name(),
                                line.unit(),
                                line.events(),
                                line.quantity(),
                                line.unitPrice().orElse(null),
                                line.effectiveUnitPrice().orElse(null),
                                line.charge(),
                                line.cost().orElse(null)))
                        .toList(),
                new Totals(report.charge(), report.cost().orElse(null)));
    }
}
