package org.bursar.reporting.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.bursar.reporting.UsageSeries;
import org.jspecify.annotations.Nullable;

/** Usage over time as JSON. Costs are left out for whom they are none of their business. */
record UsageSeriesJson(
        Instant from,
        Instant to,

        @Schema(allowableValues = {"day", "month"}) String bucket,

        List<Line> items) {
    @Schema(name = "UsageSeriesLine")
    record Line(
            @Schema(types = "string", format = "date", description = "the day, or the first of the month")
            LocalDate begin,

            String meter,
            String name,
            String unit,
            @Schema(types = "string") BigDecimal quantity,
            @Schema(types = "string") BigDecimal charge,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(types = "string") @Nullable
            BigDecimal cost) {}

    static UsageSeriesJson of(UsageSeries series) {
        return new UsageSeriesJson(
                series.period().from(),
                series.period().to(),
                series.monthly() ? "month" : "day",
                series.lines().stream()
                        .map(line -> new Line(
                                line.begin(),
                                line.meter(),
                                line.name(),
                                line.unit(),
                                line.quantity(),
                                line.charge(),
                                line.cost().orElse(null)))
                        .toList());
    }
}
